/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What every reader of a verdict must know: how long bursts may be, and among how many the error is shared. */
final class Remarks {

    private Remarks() {}

    static List<String> of(Outcome outcome, List<BoundVerdict> verdicts) {
        if (verdicts.isEmpty()) {
            return List.of("nothing was asked of the tail");
        }
        List<BoundVerdict> inferred = verdicts.stream()
                .filter(judged -> judged.bound().percentile() < 100)
                .toList();
        List<String> remarks = new ArrayList<>();
        if (outcome == Outcome.PASS && !inferred.isEmpty()) {
            remarks.add(tolerance(inferred));
        }
        long family = inferred.stream()
                .mapToLong(judged -> judged.bound().family())
                .max()
                .orElse(1);
        if (family * inferred.size() > 1) {
            remarks.add(shared(inferred, family));
        }
        return remarks;
    }

    private static String tolerance(List<BoundVerdict> inferred) {
        double tolerance = inferred.stream()
                .mapToDouble(judged -> judged.bursts().tolerance())
                .min()
                .orElse(1);
        return tolerance == 1
                ? "the PASS holds for iterations that are slow independently of each other (burst tolerance 1)"
                : String.format(
                        Locale.ROOT,
                        "the PASS holds where slow iterations come in bursts of up to %.3g on average (burst tolerance)",
                        tolerance);
    }

    private static String shared(List<BoundVerdict> inferred, long family) {
        double error = inferred.stream()
                .mapToDouble(judged -> 1 - judged.bound().confidence())
                .max()
                .orElse(0);
        String bounds = inferred.size() == 1 ? "1 bound" : "the " + inferred.size() + " bounds";
        return String.format(
                Locale.ROOT,
                "the chance of a false FAIL of any of %s of this test%s is at most %.3g: each has its part of it",
                bounds,
                family == 1 ? "" : " and of " + family + " tests (tailgate.family)",
                error);
    }
}
