/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
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

    /** Latency in ns as a function of a uniform number: the inverse of the distribution. */
    enum Truth {
        UNIFORM(u -> 1_000_000 + 500_000 * u),
        EXPONENTIAL(u -> 1_000_000 - 200_000 * Math.log(1 - u)),
        HEAVY_TAIL(u -> 1_000_000 * Math.pow(1 - u, -0.4)),
        QUANTISED(u -> 50_000 * Math.ceil(20 * Math.pow(1 - u, -0.4))),
        /** The median lies within 1 % of the gap between the modes, where it is known worst. */
        BIMODAL(u -> (u < 0.51 ? 1_000_000 : 3_000_000) + 100_000 * u + (u > 0.985 ? 4_000_000 * u : 0));

        @SuppressWarnings("ImmutableEnumChecker") // the functions capture nothing
        private final DoubleUnaryOperator inverse;

        Truth(DoubleUnaryOperator inverse) {
            this.inverse = inverse;
        }

        long at(double share) {
            return (long) inverse.applyAsDouble(share);
        }

        double mean() {
            int steps = 1_000_000;
            double sum = 0;
            for (int i = 0; i < steps; i++) {
                sum += at((i + 0.5) / steps);
            }
            return sum / steps;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTimeAtTheTruePercentileHardlyEverFails(Truth truth) {
        assertThat(share(Outcome.FAIL, truth, atMost(truth.at(0.99)))).isLessThan(ACCEPTED);
    }

    @ParameterizedTest
    @EnumSource
    void aTimeJustBelowTheTruePercentileHardlyEverPasses(Truth truth) {
        assertThat(share(Outcome.PASS, truth, atMost(truth.at(0.99) - 1))).isLessThan(ACCEPTED);
    }

    @ParameterizedTest
    @EnumSource
    void aMultipleOfTheMedianThatHoldsHardlyEverFails(Truth truth) {
        double factor = (double) truth.at(0.99) / truth.at(0.5);
        assertThat(share(Outcome.FAIL, truth, new Limit.TimesMedian(factor * 1.0001)))
                .isLessThan(ACCEPTED);
    }

    @ParameterizedTest
    @EnumSource
    void aMultipleOfTheMedianThatDoesNotHoldHardlyEverPasses(Truth truth) {
        double factor = (double) truth.at(0.99) / truth.at(0.5);
        assertThat(share(Outcome.PASS, truth, new Limit.TimesMedian(factor * 0.9999)))
                .isLessThan(ACCEPTED);
    }

    @ParameterizedTest
    @EnumSource
    void aMultipleOfTheMeanIsJudgedWithinItsErrors(Truth truth) {
        double factor = truth.at(0.99) / truth.mean();
        assertThat(share(Outcome.FAIL, truth, new Limit.TimesMean(factor * 1.0001)))
                .isLessThan(ACCEPTED);
        assertThat(share(Outcome.PASS, truth, new Limit.TimesMean(factor * 0.9999)))
                .isLessThan(ACCEPTED);
    }

    @Test
    void theIntervalOfThePercentileCoversIt() {
        long truth = Truth.BIMODAL.at(0.99);
        SplittableRandom random = new SplittableRandom(SEED);
        ShareTest test = new ShareTest(Percentile.of(99), 1 - CONFIDENCE, 1 - CONFIDENCE, 1);
        int missed = 0;
        for (int run = 0; run < RUNS; run++) {
            Sample sample = sample(Truth.BIMODAL, random);
            PercentileInterval interval = PercentileInterval.of(sample, test);
            missed += interval.lowNs() > truth || interval.highNs() < truth ? 1 : 0;
        }
        assertThat((double) missed / RUNS).isLessThan(2 * ACCEPTED);
    }

    @Test
    void aRateFiveTimesTheAllowedIsFoundAndAQuarterOfItPasses() {
        assertThat(share(Outcome.FAIL, Truth.EXPONENTIAL, atMost(Truth.EXPONENTIAL.at(0.95))))
                .isGreaterThan(0.999);
        assertThat(share(Outcome.PASS, Truth.EXPONENTIAL, atMost(Truth.EXPONENTIAL.at(0.9975))))
                .isBetween(0.75, 0.9); // 0.89 were it known that they are independent
    }

    @Test
    void aRatioHasPowerToo() {
        double factor = (double) Truth.EXPONENTIAL.at(0.99) / Truth.EXPONENTIAL.at(0.5);
        assertThat(share(Outcome.FAIL, Truth.EXPONENTIAL, new Limit.TimesMedian(0.75 * factor)))
                .isGreaterThan(0.75);
        assertThat(share(Outcome.PASS, Truth.EXPONENTIAL, new Limit.TimesMedian(1.4 * factor)))
                .isGreaterThan(0.75);
    }

    private static double share(Outcome outcome, Truth truth, Limit limit) {
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

    private static Sample sample(Truth truth, SplittableRandom random) {
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
