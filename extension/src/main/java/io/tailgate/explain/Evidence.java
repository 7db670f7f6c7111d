/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.explain;

import io.tailgate.explain.Explainer.Growths;
import io.tailgate.measure.Measurement;
import io.tailgate.measure.Measurement.Scope;
import io.tailgate.measure.Waits;
import java.util.Arrays;
import java.util.Locale;

/** What was seen, in words and numbers. */
final class Evidence {

    private final Measurement measured;
    private final BalancingEvidence balancing;
    private final Growths growths;
    private final boolean untold;

    /**
     * Evidence of one measurement.
     *
     * @param untold whether faults may as well be hinting faults as not
     */
    Evidence(Measurement measured, BalancingEvidence balancing, Growths growths, boolean untold) {
        this.measured = measured;
        this.balancing = balancing;
        this.growths = growths;
        this.untold = untold;
    }

    String of(Cause cause, int[] iterations) {
        return switch (cause) {
            case BACKLOG -> growths.starts().waits(iterations);
            case GENERATOR_LAG -> growths.starts().lags(iterations);
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
                        + ": something else got the CPU" + waited(iterations) + scope();
            case BLOCKING ->
                contrast(growths.voluntary(), iterations, "voluntary context switches")
                        + ": it blocked or waited"
                        + collections(iterations)
                        + scope();
            default -> unexplained(iterations);
        };
    }

    private String collections(int[] iterations) {
        if (measured.gcCollections().length == 0) {
            return ", or a collection that cannot be seen stopped it";
        }
        return growths.collections().mean(iterations) == 0
                ? ", and no collection ended meanwhile"
                : String.format(
                        Locale.ROOT,
                        "; collections were not raised: %.1f an iteration against %.2f in the rest",
                        growths.collections().mean(iterations),
                        growths.collections().restMean());
    }

    private String unexplained(int[] iterations) {
        if (untold && Arrays.stream(iterations).anyMatch(growths.minor()::raised)) {
            return contrast(growths.minor(), iterations, "minor faults")
                    + "; whether they are hinting faults cannot be told: " + whyUntold();
        }
        return measured.hasCounters()
                ? "no counter was raised enough against the rest to explain the time"
                : "no counters were read";
    }

    private String whyUntold() {
        return balancing.hintFaults() < 0
                ? "the host's count of them cannot be read"
                : String.format(
                        Locale.ROOT,
                        "they grew by %,d on the whole host, but (nearly) all memory of this process had a memory policy,"
                                + " which keeps them away",
                        balancing.hintFaults());
    }

    private String waited(int[] iterations) {
        Waits waits = measured.noise().waits();
        double meanNs = Arrays.stream(iterations).mapToLong(waits::of).average().orElse(0);
        return meanNs == 0
                ? ""
                : String.format(Locale.ROOT, ", for which each waited %.2f ms on average", meanNs / 1e6);
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
