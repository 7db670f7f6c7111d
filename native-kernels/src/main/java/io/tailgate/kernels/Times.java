/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Times of equal work, in nanoseconds, and their exact order statistics. */
final class Times {

    private final long[] sorted;
    private final double average;

    /** Takes at least one time, in any order, and leaves them there. */
    Times(long... nanoseconds) {
        sorted = nanoseconds.clone();
        Arrays.sort(sorted);
        average = Arrays.stream(sorted).average().orElseThrow();
    }

    int n() {
        return sorted.length;
    }

    double minMs() {
        return ms(sorted[0]);
    }

    double averageMs() {
        return average / 1e6;
    }

    double maxMs() {
        return ms(sorted[sorted.length - 1]);
    }

    /**
     * Returns the time that so many in a thousand do not exceed (nearest rank), unless there are so few times that this
     * would be the slowest of them, whatever the percentile.
     */
    Optional<Double> percentileMs(int permille) {
        int rank = (int) (((long) permille * sorted.length + 999) / 1000); // rounded up
        return rank < sorted.length ? Optional.of(ms(sorted[rank - 1])) : Optional.empty();
    }

    /** Returns those of the usual percentiles that {@link #n()} allows, e.g. {@code p99}, with milliseconds. */
    Map<String, Double> percentilesMs() {
        Map<String, Double> allowed = new LinkedHashMap<>();
        percentileMs(500).ifPresent(ms -> allowed.put("p50", ms));
        percentileMs(900).ifPresent(ms -> allowed.put("p90", ms));
        percentileMs(990).ifPresent(ms -> allowed.put("p99", ms));
        percentileMs(999).ifPresent(ms -> allowed.put("p99.9", ms));
        return allowed;
    }

    private static double ms(long nanoseconds) {
        return nanoseconds / 1e6;
    }
}
