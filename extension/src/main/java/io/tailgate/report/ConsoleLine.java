/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.verdict.BoundVerdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line a test for machines that read the log, since Surefire drops JUnit's report entries. Pure. */
public final class ConsoleLine {

    /** What the line begins with; one JSON object follows. */
    public static final String PREFIX = "TAILGATE ";

    private ConsoleLine() {}

    /** Returns {@code TAILGATE {"test":...}}, without a line end. */
    public static String of(TestReport report, String reportPath) {
        LatencyFigures figures = LatencyFigures.of(report.measured());
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("test", Wording.fullName(report.plan().name()));
        fields.put("verdict", report.verdict().outcome());
        fields.put("n", figures.iterations());
        fields.put("p50Ns", figures.p50());
        fields.put("p99Ns", figures.p99());
        fields.put("maxNs", figures.max());
        fields.put(
                "bounds",
                report.verdict().bounds().stream().map(ConsoleLine::bound).toList());
        fields.put("tier", report.protection().tier());
        fields.put("cause", topCause(report));
        fields.put("disturbance", report.protection().disturbance());
        fields.put("report", reportPath);
        return PREFIX + Json.compact(fields);
    }

    private static Map<String, @Nullable Object> bound(BoundVerdict judged) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("percentile", judged.bound().percentile());
        fields.put("observedNs", judged.observedNs());
        fields.put("limitNs", judged.limitNs());
        fields.put("verdict", judged.outcome());
        return fields;
    }

    private static @Nullable Object topCause(TestReport report) {
        List<?> causes = report.why().causes();
        return causes.isEmpty() ? null : report.why().causes().get(0).cause();
    }
}
