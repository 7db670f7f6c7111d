/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class RunAllocationTests {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int RUNS = 5_000;

    @Test
    void aRunAllocatesNothing() {
        try (Sgemm sgemm = Sgemm.builder().m(8).n(8).k(8).build();
                ResNet152 network =
                        ResNet152.builder().imageSize(32).widthDivisor(4).build()) {
            Layer layer = network.layers().get(network.layers().size() - 1);
            assertThat(bytesAllocatedBy(sgemm::run)).as("by sgemm").isLessThan(RUNS);
            assertThat(bytesAllocatedBy(layer::run)).as("by a layer").isLessThan(RUNS);
        }
    }

    /** Less than a byte a run is what the first calls and the compiler leave behind. */
    private static long bytesAllocatedBy(Runnable run) {
        for (int i = 0; i < RUNS; i++) {
            run.run();
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < RUNS; i++) {
            run.run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
