/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import java.util.List;

/** Times of one kind, as a build looks at them. */
record Latencies(List<Long> sortedNs) {

    private static final double NS_PER_MS = 1e6;

    static Latencies of(List<Long> nanos) {
        return new Latencies(nanos.stream().sorted().toList());
    }

    /** By nearest rank: one of the times that were measured. */
    double percentileMs(double percentile) {
        return sortedNs.get(Math.max(0, (int) Math.ceil(sortedNs.size() * percentile / 100) - 1)) / NS_PER_MS;
    }

    @Override
    public String toString() {
        return sortedNs.isEmpty()
                ? "n = 0"
                : String.format(
                        "p50 %.2f ms, p99 %.2f ms, max %.2f ms, n = %,d",
                        percentileMs(50), percentileMs(99), percentileMs(100), sortedNs.size());
    }
}
