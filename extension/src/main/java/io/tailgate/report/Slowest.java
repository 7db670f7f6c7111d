/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.measure.Measurement;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** The slowest iterations of a run. */
final class Slowest {

    private Slowest() {}

    /** Returns the indices of at most {@code count} iterations, slowest first, the earlier first where equal. */
    static Stream<Integer> of(Measurement measured, int count) {
        long[] latency = measured.latencyNs();
        Comparator<Integer> slowestFirst = Comparator.<Integer>comparingLong(i -> -latency[i]);
        PriorityQueue<Integer> kept = new PriorityQueue<>(
                count + 1, slowestFirst.thenComparing(Comparator.naturalOrder()).reversed());
        for (int i = 0; i < latency.length; i++) {
            if (kept.size() < count || latency[i] > latency[kept.element()]) {
                kept.add(i);
            }
            if (kept.size() > count) {
                kept.remove();
            }
        }
        return kept.stream().sorted(slowestFirst.thenComparing(Comparator.naturalOrder()));
    }
}
