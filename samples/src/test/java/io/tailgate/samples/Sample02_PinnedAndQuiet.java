/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.MaxTailLatency;
import io.tailgate.NoiseSource;
import io.tailgate.PinnedNuma;
import io.tailgate.Sampling;
import io.tailgate.machine.CpuSet;
import org.junit.jupiter.api.Test;

/**
 * A quiet place to measure in.
 *
 * <p>{@code @PinnedNuma} puts the test on CPUs of one NUMA node, gives its memory a policy and, as root, switches
 * {@code kernel.numa_balancing} off until the test ends. Without root the test still runs; its report names the
 * protection that was reached and why not more. The CPUs that were chosen can be injected.
 *
 * <p>{@code quiet} silences more of the host, each by its name; without root nothing is silenced, and the report says so.
 *
 * <p>{@code timesMedian} bounds the jitter rather than the speed, so that it holds on a slow machine and on a fast one.
 */
@PinnedNuma(cpuCount = 1, quiet = NoiseSource.TIMER_MIGRATION)
class Sample02_PinnedAndQuiet {

    private final double[] weights = new double[100_000];

    @Test
    @MaxTailLatency(percentile = 95, timesMedian = 10)
    @Sampling(iterations = 1_000, warmup = 500)
    void streamsItsWeights(CpuSet cpus) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        assertThat(sum).isZero();
        assertThat(cpus.size()).isEqualTo(1);
    }
}
