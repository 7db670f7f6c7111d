/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.environment.Environment;
import io.tailgate.explain.Explanation;
import io.tailgate.guard.Protection;
import io.tailgate.measure.Measurement;
import io.tailgate.plan.TestPlan;
import io.tailgate.verdict.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one test found.
 *
 * @param pairs the two bodies' latencies of a comparison, else null
 * @param confirmation the run that was to confirm a FAIL, null where there was none
 */
public record TestReport(
        TestPlan plan,
        Protection protection,
        Measurement measured,
        Verdict verdict,
        Explanation why,
        Environment environment,
        @Nullable Pairs pairs,
        @Nullable SecondRun confirmation) {

    /** A report on one run of one body. */
    public TestReport(
            TestPlan plan,
            Protection protection,
            Measurement measured,
            Verdict verdict,
            Explanation why,
            Environment environment) {
        this(plan, protection, measured, verdict, why, environment, null, null);
    }

    /** Returns this report as one on a comparison. */
    public TestReport comparing(Pairs measuredPairs) {
        return new TestReport(plan, protection, measured, verdict, why, environment, measuredPairs, confirmation);
    }

    /** Returns this report with the verdict of two runs, and the second one. */
    public TestReport confirmedBy(SecondRun second, Verdict both) {
        return new TestReport(plan, protection, measured, both, why, environment, pairs, second);
    }

    /** Returns what every reader must know, of the verdict and of the measurement. */
    List<String> remarks() {
        return Stream.concat(verdict.remarks().stream(), measured.remarks().stream())
                .toList();
    }
}
