/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.machine.CounterReader;
import org.HdrHistogram.Histogram;

/**
 * Every latency of one run with the counters of each iteration.
 *
 * @param latencyNs exact, in the order in which the iterations started
 * @param counters {@link CounterReader#FIELDS} growths for each iteration, in {@link CounterReader}'s order
 * @param scope whose growths they are
 * @param gcCollections collections that ended in each iteration, or empty where the JVM does not publish them
 * @param histogram the same latencies, nanoseconds, 3 significant digits
 * @param warmup what the warm-up did, in words and numbers
 * @param startEpochMs wall clock at the first measured iteration
 * @param endEpochMs wall clock after the last
 */
@SuppressWarnings("ArrayRecordComponent") // millions of values; handed on, never compared
public record Measurement(
        long[] latencyNs,
        int[] counters,
        Scope scope,
        int[] gcCollections,
        Histogram histogram,
        WarmUp warmup,
        long startEpochMs,
        long endEpochMs) {

    /** Whose counters were read: the whole process where iterations are long enough to pay for it. */
    public enum Scope {
        THREAD,
        PROCESS
    }

    /**
     * What ran before the measurement.
     *
     * @param iterations that ran unmeasured
     * @param steady whether the criterion was met, or a fixed number was asked for
     * @param description the criterion and what was seen
     */
    public record WarmUp(long iterations, boolean steady, String description) {}

    public int iterations() {
        return latencyNs.length;
    }

    public int counter(int iteration, int field) {
        return counters[iteration * CounterReader.FIELDS + field];
    }
}
