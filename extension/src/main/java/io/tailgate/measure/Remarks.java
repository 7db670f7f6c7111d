/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.plan.SamplingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a reader of a measurement must know about how it came about. */
final class Remarks {

    /** Below this many times the cost of a read, counters take more than 2 % of the time. */
    private static final int CHEAP_FROM = 50;

    private Remarks() {}

    static List<String> of(SamplingPlan plan, long[] latencyNs, int most) {
        List<String> remarks = new ArrayList<>();
        int n = latencyNs.length;
        if (n < plan.iterations()) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "%,d of %,d iterations were measured, then the time for measuring, %s, was over;"
                            + " allow more time or ask for fewer",
                    n,
                    plan.iterations(),
                    plan.atMost()));
        } else if (plan.iterations() == 0 && n >= most) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "measuring ended before its time, %s, because %,d iterations are the most that are kept",
                    plan.atMost(),
                    n));
        }
        return remarks;
    }

    /** The latency of such an iteration is that of its parts, but the kernel counts for the whole. */
    static void addParts(List<String> remarks, List<Recording> callers) {
        int partial = callers.stream().mapToInt(Recording::partialIterations).sum();
        if (partial > 0) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "%,d of %,d iterations were timed in parts by the Stopwatch; their page faults, context switches and"
                            + " collections are those of the whole iteration, so a cause may lie outside the parts",
                    partial,
                    callers.stream().mapToInt(Recording::iterations).sum()));
        }
    }

    /** What a read costs, where that is not negligible; and that some iterations went without, where they did. */
    static void addReads(List<String> remarks, List<Recording> callers, long medianNs, long readNs) {
        int reads = callers.stream().mapToInt(Recording::countedIterations).sum();
        int n = callers.stream().mapToInt(Recording::iterations).sum();
        if (reads < n) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "the counters were read once in %d iterations, and after each that had time for a page fault or a"
                            + " switch, %,d reads in %,d: the others are too short for one. A read takes %,d ns, an"
                            + " iteration %,d ns (median)",
                    QuickIterations.MOST_UNREAD + 1,
                    reads,
                    n,
                    readNs,
                    medianNs));
        } else if (readNs * CHEAP_FROM > medianNs) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "reading the counters takes %,d ns after each iteration of %,d ns (median), %.0f %%;"
                            + " it is outside the measured time, but no longer negligible beside it",
                    readNs,
                    medianNs,
                    100.0 * readNs / Math.max(1, medianNs)));
        }
    }
}
