/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A figure that was promised, and what was found.
 *
 * @param atLeast whether {@code bound} is the least, or the most
 * @param found the median over the runs; null where its scenario did not run
 * @param ofRuns the figure of each run, or nothing where it is not one figure of a run
 * @param remark e.g. which layer it is
 */
record Acceptance(
        String what,
        String scenario,
        boolean atLeast,
        double bound,
        @Nullable Double found,
        List<Double> ofRuns,
        String remark) {

    /** Fewer prove nothing: the machine drifts from run to run. */
    static final int LEAST_RUNS = 3;

    enum Outcome {
        PASS("pass"),
        SHORT("SHORT"),
        NOT_MEASURED("not measured");

        private final String title;

        Outcome(String title) {
            this.title = title;
        }
    }

    @JsonProperty
    Outcome outcome() {
        if (found == null) {
            return Outcome.NOT_MEASURED;
        }
        return (atLeast ? found >= bound : found <= bound) ? Outcome.PASS : Outcome.SHORT;
    }

    /** Returns the table of them all. */
    static String table(List<Acceptance> all, int runs) {
        StringBuilder table = new StringBuilder("What was promised, and found: medians over %d run(s)".formatted(runs));
        table.append(runs < LEAST_RUNS ? "; %d at least make it count%n".formatted(LEAST_RUNS) : "%n".formatted());
        table.append("  %-50s %-21s %-10s %8s%n".formatted("", "scenario", "bound", "found"));
        all.forEach(each -> table.append(each.row()));
        return table.toString();
    }

    private String row() {
        String number = found == null ? "-" : String.format(Locale.ROOT, "%.3f", found);
        String bounded = String.format(Locale.ROOT, "%s %.2f", atLeast ? ">=" : "<=", bound);
        return "  %-50s %-21s %-10s %8s  %s%s%s%n"
                .formatted(
                        what,
                        scenario,
                        bounded,
                        number,
                        outcome().title,
                        listOfRuns(),
                        remark.isEmpty() ? "" : "  " + remark);
    }

    private String listOfRuns() {
        return ofRuns.size() < 2
                ? ""
                : ofRuns.stream()
                        .map(each -> String.format(Locale.ROOT, " %.3f", each))
                        .reduce("  runs:", String::concat);
    }
}
