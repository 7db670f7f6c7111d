/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.explain;

import io.tailgate.measure.Measurement;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which iterations were slow, and which were the rest.
 *
 * <p>Slow is from twice the median on. Where less than 1 % is as slow as that, it is from p99 on, so that a bound tighter
 * than twice the median has something to be explained by, but never less than 1.25 times the median: what lies nearer is
 * no spike.
 *
 * @param slow their numbers in the measurement, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Slowness(long thresholdNs, int[] slow, int[] rest) {

    private static final double CLEARLY = 2;
    private static final double LEAST = 1.25;

    static Slowness of(Measurement measured) {
        long[] latencies = measured.latencyNs();
        long[] sorted = latencies.clone();
        Arrays.sort(sorted);
        double median = Ranks.at(sorted, 0.5);
        double p99 = Ranks.at(sorted, 0.99);
        double threshold = median == 0 ? p99 : Math.min(CLEARLY * median, Math.max(LEAST * median, p99));
        long thresholdNs = Math.max(1, (long) Math.ceil(threshold));
        return new Slowness(
                thresholdNs,
                IntStream.range(0, latencies.length)
                        .filter(i -> latencies[i] >= thresholdNs)
                        .toArray(),
                IntStream.range(0, latencies.length)
                        .filter(i -> latencies[i] < thresholdNs)
                        .toArray());
    }
}
