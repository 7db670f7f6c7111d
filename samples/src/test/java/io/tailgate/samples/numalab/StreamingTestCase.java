/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import io.tailgate.MaxTailLatency;
import io.tailgate.Sampling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A window of some seconds over {@link StreamingNetwork}.
 *
 * <p>The bound is on the slowest iteration of all. A scan of automatic NUMA balancing makes one or two iterations in some
 * seconds 11 to 40 times as slow as the median; the JIT compiler's threads, which share the guest's two CPUs, and a host
 * with little else to do, one in a window up to 7 times. A window is as long as it may last, for only in time does the
 * kernel scan.
 */
@MaxTailLatency(percentile = 100, timesMedian = 9)
@Sampling(iterations = 2_000, warmup = 50, atMost = "4 s")
abstract class StreamingTestCase {

    private StreamingNetwork network;

    @BeforeEach
    void build() {
        network = make();
        prepare(network);
    }

    StreamingNetwork make() {
        return new StreamingNetwork();
    }

    /** Does to the network or to the test's thread what a control is about. */
    void prepare(StreamingNetwork built) {}

    @Test
    void inference() {
        network.run();
    }

    @AfterEach
    void close() {
        network.close();
    }
}
