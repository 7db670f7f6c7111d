/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

/**
 * The memory policy of a thread.
 *
 * @param name the thread's name as the kernel has it, cut off after 15 characters
 * @param policy in the kernel's words, e.g. {@code default}, {@code local}, {@code bind=static:0-1}
 * @param shields whether it keeps automatic NUMA balancing away: it is a policy, and does not opt in to balancing
 */
public record ThreadPolicy(int tid, String name, String policy, boolean shields) {

    /** Whether it means what {@link NumaPolicy#LOCAL} means. */
    public boolean isLocal() {
        return policy.equals("local");
    }
}
