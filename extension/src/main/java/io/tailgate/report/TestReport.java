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

/** Everything that one test found. */
public record TestReport(
        TestPlan plan,
        Protection protection,
        Measurement measured,
        Verdict verdict,
        Explanation why,
        Environment environment) {

    /** Returns what every reader must know, of the verdict and of the measurement. */
    List<String> remarks() {
        return Stream.concat(verdict.remarks().stream(), measured.remarks().stream())
                .toList();
    }
}
