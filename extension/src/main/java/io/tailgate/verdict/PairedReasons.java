/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit.TimesBaseline;
import java.util.Locale;

/** The rule that decided between two bodies, in words and numbers. */
record PairedReasons(LatencyBound bound, long candidates, long baselines) {

    String of(Outcome outcome, PercentileInterval candidate, PercentileInterval baseline, double tolerance) {
        String seen = String.format(
                Locale.ROOT,
                "p%s of the candidate lies between %s and %s (n = %,d), the baseline's between %s and %s (n = %,d), each"
                        + " end with half the error: ",
                Percentile.plain(bound.percentile()),
                time(candidate.lowNs()),
                time(candidate.highNs()),
                candidates,
                time(baseline.lowNs()),
                time(baseline.highNs()),
                baselines);
        return seen + conclusion(outcome, tolerance);
    }

    private String conclusion(Outcome outcome, double tolerance) {
        String factor = Percentile.plain(((TimesBaseline) bound.limit()).factor());
        String bursts = String.format(Locale.ROOT, ", for bursts of up to %.3g slow iterations on average", tolerance);
        return switch (outcome) {
            case PASS -> "the candidate's highest is within " + factor + " x the baseline's lowest" + bursts;
            case FAIL -> "the candidate's lowest is above " + factor + " x the baseline's highest" + bursts;
            case INCONCLUSIVE -> "the candidate's and " + factor + " x the baseline's overlap" + need();
        };
    }

    private String need() {
        long required = PairedTest.iterationsRequired(bound);
        return Math.min(candidates, baselines) < required
                ? String.format(Locale.ROOT, "; a PASS needs %,d or more of each", required)
                : "";
    }

    private static String time(long ns) {
        return ns == Long.MAX_VALUE ? "infinity" : String.format(Locale.ROOT, "%,.3f us", ns / 1e3);
    }
}
