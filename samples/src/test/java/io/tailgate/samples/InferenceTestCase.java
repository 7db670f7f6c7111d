/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples;

import io.tailgate.MaxTailLatency;
import io.tailgate.Sampling;
import io.tailgate.kernels.Precision;
import io.tailgate.kernels.ResNet152;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * INT8 inference, two images at a time: 60 MB of weights are read in each iteration by every thread of the pool, so that
 * each scan of automatic NUMA balancing costs the next iteration some 29,000 minor faults.
 *
 * <p>The bound is on the slowest iteration of all. On a machine with one NUMA node the kernel scans every few seconds
 * only, since every page is already where it belongs: that is two or three iterations of 800, too few for p99, and they
 * take 3 times the median, where a quiet machine stays near 2. (With two nodes it scans more often and moves pages, too.)
 */
abstract class InferenceTestCase {

    private ResNet152 network;

    @BeforeEach
    void build() {
        network = ResNet152.builder().precision(Precision.INT8).batch(2).build();
    }

    @Test
    @MaxTailLatency(percentile = 100, timesMedian = 2.6)
    @Sampling(iterations = 800, warmup = 50)
    void inference() {
        network.run();
    }

    @AfterEach
    void close() {
        network.close();
    }
}
