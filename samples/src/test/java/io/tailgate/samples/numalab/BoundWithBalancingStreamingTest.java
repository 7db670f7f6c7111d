/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import org.junit.jupiter.api.AfterEach;

/** Control: a policy BIND whose owner allowed balancing (MPOL_F_NUMA_BALANCING) shields nothing. */
class BoundWithBalancingStreamingTest extends StreamingTestCase {

    @Override
    void prepare(StreamingNetwork built) {
        LinuxCalls.bindWithBalancing(0, 1);
        LinuxCalls.bindWithBalancing(built.memory(), 0, 1);
    }

    @AfterEach
    void unbind() {
        LinuxCalls.setDefaultPolicy();
    }
}
