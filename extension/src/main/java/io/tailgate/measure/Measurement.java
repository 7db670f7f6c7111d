/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.machine.CounterReader;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Every latency of one run with the counters of each iteration.
 *
 * @param latencyNs exact, in the order in which the iterations started
 * @param counters {@link CounterReader#FIELDS} growths for each iteration, in {@link CounterReader}'s order; empty where
 *     none were read
 * @param scope whose growths they are
 * @param gcCollections collections that ended in each iteration, or empty where the JVM does not publish them
 * @param histogram the same latencies, nanoseconds, 3 significant digits
 * @param warmup what the warm-up did, in words and numbers
 * @param startEpochMs wall clock at the first measured iteration
 * @param endEpochMs wall clock after the last
 * @param remarks what the plan asked for and did not get, and what the counters cost; empty if nothing is to be said
 * @param noise what else the machine did meanwhile
 * @param openLoop what an open loop knows beside, null of a closed one; in an open loop latencies are response times, from
 *     an iteration's intended start to its end, in the order of the intended starts
 * @param stopping why it ended
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
        long endEpochMs,
        List<String> remarks,
        Noise noise,
        @Nullable OpenLoop openLoop,
        Stopping stopping) {

    public Measurement {
        remarks = List.copyOf(remarks);
    }

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
     * @param medianNs of its last iterations, 0 where none ran
     * @param settled whether its last iterations had so few minor faults that none can be left of NUMA balancing
     * @param remarks what a reader of the measurement must know of it; empty if nothing
     */
    public record WarmUp(
            long iterations, boolean steady, String description, long medianNs, boolean settled, List<String> remarks) {

        public WarmUp {
            remarks = List.copyOf(remarks);
        }

        /** A warm-up about which there is nothing to remark. */
        public WarmUp(long iterations, boolean steady, String description, long medianNs, boolean settled) {
            this(iterations, steady, description, medianNs, settled, List.of());
        }
    }

    public int iterations() {
        return latencyNs.length;
    }

    public boolean hasCounters() {
        return counters.length > 0;
    }

    /** Returns what these times, one of each iteration, would have been without what is known of the disturbance. */
    public long[] undisturbed(long[] ns) {
        return noise.takenOff(ns, i -> hasCounters() && counter(i, CounterReader.VOLUNTARY_SWITCHES) > 0);
    }

    /** Returns the growth of a counter, {@code field} as in {@link CounterReader}, in one iteration. */
    public int counter(int iteration, int field) {
        return counters[iteration * CounterReader.FIELDS + field];
    }
}
