/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.verdict.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A run as its report and its timeline tell it, for a comparison with another one.
 *
 * @param test without its package
 * @param slowFromNs where the slow iterations begin; infinite where none was
 */
record ComparedRun(
        String test,
        String verdict,
        double least,
        double median,
        double max,
        double slowFromNs,
        List<DrawnLimit> limits,
        String protection,
        String machine,
        Timeline timeline) {

    record DrawnLimit(double ns, String name) {}

    static ComparedRun of(String json, String csv) {
        JsonFields report = JsonFields.of(JsonParser.parse(json));
        JsonFields latency = report.object("latencyNs");
        JsonFields slow = report.object("slow");
        JsonFields facts = report.object("environment");
        return new ComparedRun(
                simple(report.text("className")) + ": " + report.text("displayName"),
                outcome(report.text("verdict")).name(),
                latency.number("min"),
                latency.number("p50"),
                latency.number("max"),
                slow.number("iterations") > 0 ? slow.number("thresholdNs") : Double.POSITIVE_INFINITY,
                report.objects("bounds").stream().map(ComparedRun::limit).toList(),
                protection(report.object("protection")),
                "Linux " + facts.text("kernel") + ", NUMA nodes: " + facts.text("numa nodes"),
                sameRun(Timeline.parse(csv), latency));
    }

    private static Outcome outcome(String verdict) {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.name().equals(verdict))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("its verdict is \"" + verdict + "\"; wanted one of "
                        + Arrays.toString(Outcome.values()) + ", as a test that was measured to its end has"));
    }

    /** Two runs of one test have their files under the same names; a mix of both would draw what never was. */
    private static Timeline sameRun(Timeline timeline, JsonFields latency) {
        double n = latency.number("n");
        double max = latency.number("max");
        if (timeline.iterations() != n || timeline.highest() != max) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "its timeline is of another run: wanted %,.0f iterations of at most %,.0f ns, found %,d of at most %,d ns"
                            + " in the .csv; keep both files of a run together",
                    n,
                    max,
                    timeline.iterations(),
                    timeline.highest()));
        }
        return timeline;
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private static DrawnLimit limit(JsonFields bound) {
        return new DrawnLimit(
                bound.number("limitNs"),
                Wording.percentile(bound.number("percentile")) + " limit " + bound.text("limit"));
    }

    private static String protection(JsonFields protection) {
        String faults = protection.isNull("hintFaults")
                ? "hinting faults unknown"
                : Durations.count((long) protection.number("hintFaults")) + " hinting faults";
        String balancing = protection.isNull("balancingDuring") ? "absent" : protection.text("balancingDuring");
        return faults + ", numa_balancing " + balancing + ", " + protection.text("tier");
    }

    String latencies() {
        return String.format(
                Locale.ROOT,
                "p50 %s, max %s = %.1f x p50, n = %s",
                Durations.format(median),
                Durations.format(max),
                max / median,
                Durations.count(timeline.iterations()));
    }

    /** The highest that a drawing of this run has to hold. */
    double highest() {
        return limits.stream().mapToDouble(DrawnLimit::ns).reduce(max, Math::max);
    }
}
