/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

/** Control: locked memory is never paged out, and yet unmapped by automatic NUMA balancing. */
class MemoryLockedStreamingTest extends StreamingTestCase {

    @Override
    void prepare(StreamingNetwork built) {
        LinuxCalls.lock(built.memory());
    }
}
