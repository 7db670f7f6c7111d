/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import io.tailgate.verdict.calibration.Shape;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Seeded simulations of independent iterations whose true percentiles are known.
 *
 * <p>A share that may be 0.05 is accepted up to 0.071: over 1,000 runs that is three standard deviations above.
 */
class TailTestErrorTests {

    private static final int RUNS = 1_000;
    private static final int N = 1_000;
    private static final long SEED = 11;
    private static final double CONFIDENCE = 0.95;
    private static final double ACCEPTED = 0.071;

    @ParameterizedTest
    @EnumSource
    void aTimeAtTheTruePercentileHardlyEverFails(Shape truth) {
        assertThat(share(Outcome.FAIL, truth, atMost(truth.at(0.99)))).isLessThan(ACCEPTED);
    }

    @ParameterizedTest
    @EnumSource
    void aTimeJustBelowTheTruePercentileHardlyEverPasses(Shape truth) {
        assertThat(share(Outcome.PASS, truth, atMost(truth.at(0.99) - 1))).isLessThan(ACCEPTED);
    }

    @ParameterizedTest
    @EnumSource
    void aMultipleOfTheMedianThatHoldsHardlyEverFails(Shape truth) {
        double factor = (double) truth.at(0.99) / truth.at(0.5);
        assertThat(share(Outcome.FAIL, truth, new Limit.TimesMedian(factor * 1.0001)))
                .isLessThan(ACCEPTED);
    }

    @ParameterizedTest
    @EnumSource
    void aMultipleOfTheMedianThatDoesNotHoldHardlyEverPasses(Shape truth) {
        double factor = (double) truth.at(0.99) / truth.at(0.5);
        assertThat(share(Outcome.PASS, truth, new Limit.TimesMedian(factor * 0.9999)))
                .isLessThan(ACCEPTED);
    }

    @ParameterizedTest
    @EnumSource
    void aMultipleOfTheMeanIsJudgedWithinItsErrors(Shape truth) {
        double factor = truth.at(0.99) / truth.mean();
        assertThat(share(Outcome.FAIL, truth, new Limit.TimesMean(factor * 1.0001)))
                .isLessThan(ACCEPTED);
        assertThat(share(Outcome.PASS, truth, new Limit.TimesMean(factor * 0.9999)))
                .isLessThan(ACCEPTED);
    }

    @Test
    void theIntervalOfThePercentileCoversIt() {
        long truth = Shape.BIMODAL.at(0.99);
        SplittableRandom random = new SplittableRandom(SEED);
        ShareTest test = new ShareTest(Percentile.of(99), 1 - CONFIDENCE, 1 - CONFIDENCE, 1);
        int missed = 0;
        for (int run = 0; run < RUNS; run++) {
            Sample sample = sample(Shape.BIMODAL, random);
            PercentileInterval interval = PercentileInterval.of(sample, test);
            missed += interval.lowNs() > truth || interval.highNs() < truth ? 1 : 0;
        }
        assertThat((double) missed / RUNS).isLessThan(2 * ACCEPTED);
    }

    @Test
    void aRateFiveTimesTheAllowedIsFoundAndAQuarterOfItPasses() {
        assertThat(share(Outcome.FAIL, Shape.EXPONENTIAL, atMost(Shape.EXPONENTIAL.at(0.95))))
                .isGreaterThan(0.999);
        assertThat(share(Outcome.PASS, Shape.EXPONENTIAL, atMost(Shape.EXPONENTIAL.at(0.9975))))
                .isBetween(0.75, 0.9); // 0.89 were it known that they are independent
    }

    @Test
    void aRatioHasPowerToo() {
        double factor = (double) Shape.EXPONENTIAL.at(0.99) / Shape.EXPONENTIAL.at(0.5);
        assertThat(share(Outcome.FAIL, Shape.EXPONENTIAL, new Limit.TimesMedian(0.75 * factor)))
                .isGreaterThan(0.75);
        assertThat(share(Outcome.PASS, Shape.EXPONENTIAL, new Limit.TimesMedian(1.4 * factor)))
                .isGreaterThan(0.75);
    }

    private static double share(Outcome outcome, Shape truth, Limit limit) {
        SplittableRandom random = new SplittableRandom(SEED);
        Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);
        for (int run = 0; run < RUNS; run++) {
            seen.merge(test(limit).outcome(sample(truth, random)), 1, Integer::sum);
        }
        return (double) seen.getOrDefault(outcome, 0) / RUNS;
    }

    private static BoundTest test(Limit limit) {
        return new BoundTest(new LatencyBound(99, limit, CONFIDENCE, 1), 1, 1);
    }

    private static Sample sample(Shape truth, SplittableRandom random) {
        long[] latencies = new long[N];
        for (int i = 0; i < N; i++) {
            latencies[i] = truth.at(random.nextDouble());
        }
        return new Sample(latencies);
    }

    private static Limit atMost(long ns) {
        return new Limit.AtMost(Duration.ofNanos(ns));
    }
}
