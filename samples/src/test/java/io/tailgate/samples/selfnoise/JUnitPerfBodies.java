/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

import com.github.noconnor.junitperf.JUnitPerfInterceptor;
import com.github.noconnor.junitperf.JUnitPerfReportingConfig;
import com.github.noconnor.junitperf.JUnitPerfTest;
import com.github.noconnor.junitperf.JUnitPerfTestActiveConfig;
import com.github.noconnor.junitperf.statistics.providers.DescriptiveStatisticsCalculator;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.commons.math3.stat.descriptive.SynchronizedDescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What JUnitPerf times. */
@ExtendWith(JUnitPerfInterceptor.class)
final class JUnitPerfBodies {

    /** What JUnitPerf records into by default, but held here: it reports whole percentiles only. */
    static final DescriptiveStatistics RECORDED = new SynchronizedDescriptiveStatistics();

    static CountedBody body = new CountedBody(0, TailgateHarness.COUNTED);

    @JUnitPerfTestActiveConfig
    static final JUnitPerfReportingConfig CONFIG = JUnitPerfReportingConfig.builder()
            .statisticsCalculatorSupplier(() -> new DescriptiveStatisticsCalculator(RECORDED))
            .build();

    @Test
    @JUnitPerfTest(durationMs = 60_000, warmUpMs = 500, totalExecutions = TailgateHarness.ITERATIONS)
    void empty() {}

    @Test
    @JUnitPerfTest(durationMs = 60_000, totalExecutions = TailgateHarness.COUNTED)
    void counted() {
        body.run();
    }
}
