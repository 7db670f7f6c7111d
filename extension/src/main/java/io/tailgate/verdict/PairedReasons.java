/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit.TimesBaseline;
import java.util.Locale;

/** The rule that decided between two bodies, in words and numbers. */
final class PairedReasons {

    private PairedReasons() {}

    static String of(
            LatencyBound bound,
            Outcome outcome,
            BoundVerdict baseline,
            BoundVerdict baselineToFail,
            BoundVerdict candidate) {
        double factor = ((TimesBaseline) bound.limit()).factor();
        long high = outcome == Outcome.FAIL ? baselineToFail.highNs() : baseline.highNs();
        String seen = String.format(
                Locale.ROOT,
                "p%s of the candidate lies between %s and %s (n = %,d), the baseline's between %s and %s (n = %,d), each"
                        + " end with half the error: ",
                Percentile.plain(bound.percentile()),
                time(candidate.lowNs()),
                time(candidate.highNs()),
                candidate.iterations(),
                time(baseline.lowNs()),
                time(high),
                baseline.iterations());
        return seen + conclusion(outcome, Percentile.plain(factor)) + need(bound, outcome, candidate, baseline);
    }

    private static String conclusion(Outcome outcome, String factor) {
        return switch (outcome) {
            case PASS -> "the candidate's highest is within " + factor + " x the baseline's lowest";
            case FAIL -> "the candidate's lowest is above " + factor + " x the baseline's highest";
            case INCONCLUSIVE -> "the candidate's and " + factor + " x the baseline's overlap";
        };
    }

    private static String need(LatencyBound bound, Outcome outcome, BoundVerdict candidate, BoundVerdict baseline) {
        long required = PairedTest.iterationsRequired(bound);
        long fewer = Math.min(candidate.iterations(), baseline.iterations());
        return outcome == Outcome.INCONCLUSIVE && fewer < required
                ? String.format(Locale.ROOT, "; a PASS needs %,d or more of each", required)
                : "";
    }

    private static String time(long ns) {
        return ns == Long.MAX_VALUE ? "infinity" : String.format(Locale.ROOT, "%,.3f us", ns / 1e3);
    }
}
