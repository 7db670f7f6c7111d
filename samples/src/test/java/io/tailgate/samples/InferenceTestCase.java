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
 * INT8 inference, one image at a time: 60 MB of weights are read in each iteration, by threads of two CPUs or more, so
 * that every scan of automatic NUMA balancing costs the next iteration some 15,000 minor faults.
 *
 * <p>The bound is on the slowest of all iterations: balancing disturbs few of them, but badly, which is what the story
 * was about.
 */
abstract class InferenceTestCase {

    private ResNet152 network;

    @BeforeEach
    void build() {
        network = ResNet152.builder().precision(Precision.INT8).batch(1).build();
    }

    @Test
    @MaxTailLatency(percentile = 99, timesMedian = 1.5)
    @Sampling(iterations = 1_000, warmup = 50)
    void inference() {
        network.run();
    }

    @AfterEach
    void close() {
        network.close();
    }
}
