/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import io.tailgate.MaxTailLatency;
import io.tailgate.Sampling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

/**
 * A window of some seconds over {@link StreamingNetwork}, three times.
 *
 * <p>The bound is on the slowest iteration of all. A scan of automatic NUMA balancing makes one or two iterations in a
 * second some 30 times as slow as the median; the JIT compiler's threads, which share the guest's two CPUs, one in a window
 * up to 10 times. A window is as long as it may last, for only in time does the kernel scan.
 */
abstract class StreamingTestCase {

    private StreamingNetwork network;

    @BeforeEach
    void build() {
        network = new StreamingNetwork();
        prepare(network);
    }

    /** Does to the network or to the test's thread what a control is about. */
    void prepare(StreamingNetwork built) {}

    @RepeatedTest(3)
    @MaxTailLatency(percentile = 100, timesMedian = 14)
    @Sampling(iterations = 2_000, warmup = 50, atMost = "5 s")
    void inference() {
        network.run();
    }

    @AfterEach
    void close() {
        network.close();
    }
}
