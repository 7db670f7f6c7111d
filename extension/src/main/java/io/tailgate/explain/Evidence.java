/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.explain;

import io.tailgate.explain.Explainer.Growths;
import io.tailgate.measure.Measurement;
import io.tailgate.measure.Measurement.Scope;
import java.util.Locale;

/** What was seen, in words and numbers. */
final class Evidence {

    private final Measurement measured;
    private final BalancingEvidence balancing;
    private final Growths growths;

    Evidence(Measurement measured, BalancingEvidence balancing, Growths growths) {
        this.measured = measured;
        this.balancing = balancing;
        this.growths = growths;
    }

    String of(Cause cause, int[] iterations) {
        return switch (cause) {
            case MAJOR_FAULT -> contrast(growths.major(), iterations, "major faults") + ": pages came from disk";
            case NUMA_BALANCING ->
                contrast(growths.minor(), iterations, "minor faults")
                        + String.format(
                                Locale.ROOT,
                                "; kernel.numa_balancing was %s and hinting faults grew by %,d meanwhile (coincident: they"
                                        + " are counted for the whole host)",
                                balancing.balancingDuring(),
                                balancing.hintFaults());
            case FIRST_TOUCH ->
                contrast(growths.minor(), iterations, "minor faults") + "; "
                        + (balancing.wasOn()
                                ? String.format(
                                        Locale.ROOT,
                                        "hinting faults grew by only %,d on the whole host",
                                        balancing.hintFaults())
                                : "NUMA balancing was off");
            case GC -> contrast(growths.collections(), iterations, "garbage collections");
            case PREEMPTION ->
                contrast(growths.involuntary(), iterations, "involuntary context switches")
                        + ": something else got the CPU" + scope();
            case BLOCKING ->
                contrast(growths.voluntary(), iterations, "voluntary context switches")
                        + ": it blocked or waited"
                        + (measured.gcCollections().length == 0
                                ? ", or a collection that cannot be seen stopped it"
                                : ", and no collection ended meanwhile")
                        + scope();
            default ->
                measured.hasCounters()
                        ? "no counter was raised enough against the rest to explain the time"
                        : "no counters were read";
        };
    }

    private String scope() {
        return measured.scope() == Scope.PROCESS ? " (coincident: counted for all threads of the JVM)" : "";
    }

    private static String contrast(Growth growth, int[] iterations, String what) {
        return String.format(
                Locale.ROOT,
                "%.1f %s an iteration (n = %,d) against %.2f in the rest",
                growth.mean(iterations),
                what,
                iterations.length,
                growth.restMean());
    }
}
