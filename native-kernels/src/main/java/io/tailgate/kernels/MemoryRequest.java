/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

/**
 * What memory is asked for, as the C ABI has it.
 *
 * @param node of NUMA; {@link #FIRST_TOUCH}: of the thread that touches it first
 */
record MemoryRequest(boolean hugePages, int node) {

    static final int FIRST_TOUCH = -1;

    static final MemoryRequest DEFAULT = new MemoryRequest(false, FIRST_TOUCH);

    int hugePagesCode() {
        return hugePages ? 1 : 0;
    }

    MemoryRequest withHugePages(boolean wanted) {
        return new MemoryRequest(wanted, node);
    }

    MemoryRequest withNode(int wanted) {
        if (wanted < 0) {
            throw new IllegalArgumentException("memoryNode must be the number of a NUMA node, 0 or more, but is "
                    + wanted + "; leave it out for memory near the threads that touch it first");
        }
        return new MemoryRequest(hugePages, wanted);
    }
}
