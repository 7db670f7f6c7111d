/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.explain;

import io.tailgate.machine.CounterReader;
import io.tailgate.measure.InventedMeasurement;
import io.tailgate.measure.Measurement;
import io.tailgate.measure.Measurement.Scope;
import io.tailgate.measure.Waits;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A measurement of which everything is known: at first 1,000 iterations of 1 ms in which nothing else happened. */
final class InventedRun {

    static final int N = 1_000;
    static final long FAST = 1_000_000;

    private final long[] latencyNs = new long[N];
    private final int[] counters = new int[N * CounterReader.FIELDS];
    private int[] collections = new int[N];
    private Scope scope = Scope.THREAD;
    private Waits waits = Waits.UNKNOWN;

    InventedRun() {
        Arrays.fill(latencyNs, FAST);
    }

    /** Makes each {@code every}th iteration take so long; the first is iteration 0. */
    InventedRun slow(int every, long ns) {
        for (int i = 0; i < N; i += every) {
            latencyNs[i] = ns;
        }
        return this;
    }

    /** Gives a counter this growth in each {@code every}th iteration. */
    InventedRun counting(int field, int every, int growth) {
        for (int i = 0; i < N; i += every) {
            counters[i * CounterReader.FIELDS + field] = growth;
        }
        return this;
    }

    InventedRun collecting(int every) {
        for (int i = 0; i < N; i += every) {
            collections[i] = 1;
        }
        return this;
    }

    /** Lets each {@code every}th iteration wait for a CPU. */
    InventedRun waiting(int every, long ns) {
        int[] iterations =
                IntStream.range(0, (N + every - 1) / every).map(i -> i * every).toArray();
        waits = new Waits(
                true,
                iterations,
                LongStream.generate(() -> ns).limit(iterations.length).toArray());
        return this;
    }

    InventedRun withoutCollections() {
        collections = new int[0];
        return this;
    }

    InventedRun countingTheProcess() {
        scope = Scope.PROCESS;
        return this;
    }

    Measurement measurement() {
        return measurement(counters);
    }

    Measurement withoutCounters() {
        return measurement(new int[0]);
    }

    private Measurement measurement(int[] counted) {
        return InventedMeasurement.of(latencyNs)
                .counters(counted)
                .scope(scope)
                .collections(collections)
                .waits(waits)
                .build();
    }
}
