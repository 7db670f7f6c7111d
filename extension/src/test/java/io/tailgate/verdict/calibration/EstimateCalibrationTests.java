/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict.calibration;

import static io.tailgate.verdict.Outcome.INCONCLUSIVE;
import static io.tailgate.verdict.Outcome.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import io.tailgate.verdict.BoundVerdict;
import io.tailgate.verdict.TailTest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is exact: percentiles as they are observed, and the least numbers of iterations. */
class EstimateCalibrationTests {

    private static final Limit LIMIT = new Limit.AtMost(Duration.ofMillis(2));
    private static final long QUICK = 1_000_000;

    @ParameterizedTest
    @EnumSource
    void percentilesAreOrderStatisticsAndWithinHdrHistogramsBuckets(Shape shape) {
        for (int n : new int[] {1, 2, 99, 100, 101, 999, 1_000, 10_000}) {
            long[] latencies = new Simulation(Dependence.bursts(3), shape, n, 0.01).latencies(n);
            Histogram histogram = new Histogram(3);
            Arrays.stream(latencies).forEach(histogram::recordValue);
            long[] sorted = latencies.clone();
            Arrays.sort(sorted);
            for (double percentile : new double[] {1, 50, 90, 99, 99.9, 99.99, 100}) {
                long observed = judge(latencies, percentile, 0.95, 1).observedNs();
                assertThat(observed).isEqualTo(sorted[nearestRank(percentile, n) - 1]);
                assertThat(histogram.valuesAreEquivalent(histogram.getValueAtPercentile(percentile), observed))
                        .isTrue();
            }
        }
    }

    private static int nearestRank(double percentile, int n) {
        BigDecimal rank =
                BigDecimal.valueOf(percentile).multiply(BigDecimal.valueOf(n)).movePointLeft(2);
        return Math.max(1, rank.setScale(0, RoundingMode.CEILING).intValueExact());
    }

    /** MLPerf's LoadGen and the order statistics' textbooks, for {@code burst = 1}; n >= -burst ln(a) / q else. */
    @ParameterizedTest
    @CsvSource({
        "90, 0.95, 1, 29", "95, 0.95, 1, 59", "99, 0.95, 1, 299", "99.9, 0.95, 1, 2995", "99.99, 0.95, 1, 29956",
        "90, 0.99, 1, 44", "95, 0.99, 1, 90", "99, 0.99, 1, 459", "99.9, 0.99, 1, 4603", "99.99, 0.99, 1, 46050",
        "99, 0.95, 3, 899", "99, 0.99, 3, 1382", "99.9, 0.95, 3, 8988", "99.9, 0.99, 3, 13816",
    })
    void belowTheLeastNumberOfIterationsTheAnswerNamesIt(double percentile, double confidence, int burst, int least) {
        LatencyBound bound = new LatencyBound(percentile, LIMIT, confidence, burst);
        assertThat(TailTest.iterationsRequired(bound)).isEqualTo(least);
        BoundVerdict below = judge(quick(least - 1), percentile, confidence, burst);
        assertThat(below.outcome()).isEqualTo(INCONCLUSIVE);
        assertThat(below.iterationsNeeded()).isEqualTo(least);
        assertThat(judge(quick(least), percentile, confidence, burst).outcome()).isEqualTo(PASS);
    }

    @Test
    void aPassNamesTheBurstLengthThatItHoldsUpTo() {
        LatencyBound bound = new LatencyBound(99, LIMIT, 0.95, 3);
        assertThat(TailTest.judge(quick(1_000), List.of(bound)).remarks()).anyMatch(remark -> remark.contains("burst"));
    }

    /** The simulations ask for the answer alone. */
    @ParameterizedTest
    @EnumSource
    void theAnswerAloneIsThatOfTheVerdict(Shape shape) {
        for (int run = 0; run < 30; run++) {
            Simulation truth = new Simulation(Dependence.bursts(1 + run % 5), shape, 1_000, 0.002 * run);
            List<LatencyBound> bounds =
                    List.of(new LatencyBound(99, new Simulation(Dependence.NONE, shape, 1, 0.01).time(), 0.95, 3));
            long[] latencies = truth.latencies(run);
            assertThat(TailTest.outcome(latencies, bounds, 1))
                    .isEqualTo(TailTest.judge(latencies, bounds).outcome());
        }
    }

    private static BoundVerdict judge(long[] latencies, double percentile, double confidence, int burst) {
        return TailTest.judge(latencies, List.of(new LatencyBound(percentile, LIMIT, confidence, burst)))
                .bounds()
                .get(0);
    }

    private static long[] quick(int n) {
        long[] latencies = new long[n];
        Arrays.fill(latencies, QUICK);
        return latencies;
    }
}
