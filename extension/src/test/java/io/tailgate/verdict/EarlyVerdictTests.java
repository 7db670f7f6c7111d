/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyVerdictTests {

    private static final int MOST = 6_000;

    private static List<LatencyBound> p99(double confidence, int burst) {
        return List.of(new LatencyBound(99, new Limit.AtMost(Duration.ofNanos(10)), confidence, burst));
    }

    private static long[] run(double rate, int n, Random random) {
        return random.doubles(n).mapToLong(value -> value < rate ? 20 : 5).toArray();
    }

    private record Stop(Outcome outcome, int n) {}

    private static Stop stop(long[] run, List<LatencyBound> bounds) {
        for (int n = 40; n < run.length; n += Math.max(1, n / 20)) {
            Outcome outcome = EarlyVerdict.of(Arrays.copyOf(run, n), bounds);
            if (outcome != Outcome.INCONCLUSIVE) {
                return new Stop(outcome, n);
            }
        }
        return new Stop(Outcome.INCONCLUSIVE, run.length);
    }

    /** {@code fixed}: the n from which on one look at independent iterations is sure 99 times of 100. */
    @ParameterizedTest
    @CsvSource({"0.95,0.04,431", "0.95,0.0025,1693", "0.99,0.04,566", "0.99,0.0025,2277"})
    void needsLessThanSixtyPercentOfAFixedRun(double confidence, double rate, int fixed) {
        Random random = new Random(13);
        int runs = 60;
        double mean = 0;
        double squares = 0;
        int wrong = 0;
        for (int i = 0; i < runs; i++) {
            Stop stop = stop(run(rate, MOST, random), p99(confidence, 1));
            mean += (double) stop.n / runs;
            squares += (double) stop.n * stop.n / runs;
            wrong += stop.outcome == (rate > 0.01 ? Outcome.PASS : Outcome.FAIL) ? 1 : 0;
        }
        double standardError = Math.sqrt((squares - mean * mean) / runs);
        System.out.printf(
                "confidence %s, true share %s: mean n %.0f +- %.0f, fixed %d%n",
                confidence, rate, mean, standardError, fixed);
        assertThat(wrong).isZero();
        assertThat(mean).isLessThan(0.6 * fixed + 3 * standardError);
    }

    @Test
    void errsNoMoreOftenThanItsShareHoweverOftenItLooks() {
        Random random = new Random(14);
        int failed = 0;
        int passed = 0;
        for (int i = 0; i < 200; i++) {
            Outcome outcome = stop(run(0.01, 2_000, random), p99(0.95, 1)).outcome;
            failed += outcome == Outcome.FAIL ? 1 : 0;
            passed += outcome == Outcome.PASS ? 1 : 0;
        }
        assertThat(failed).isLessThanOrEqualTo(17); // 200 times 0.0425, and three standard errors
        assertThat(passed).isLessThanOrEqualTo(17);
    }

    @Test
    void isPossibleForTimesAndPercentilesBelowTheMaximumOnly() {
        LatencyBound median = new LatencyBound(99, new Limit.TimesMedian(2), 0.99, 3);
        LatencyBound maximum = new LatencyBound(100, new Limit.AtMost(Duration.ofMillis(1)), 0.99, 3);
        assertThat(EarlyVerdict.isPossible(p99(0.99, 3))).isTrue();
        assertThat(EarlyVerdict.isPossible(List.of(p99(0.99, 3).get(0), median)))
                .isFalse();
        assertThat(EarlyVerdict.isPossible(List.of(maximum))).isFalse();
        assertThat(EarlyVerdict.isPossible(List.of())).isFalse();
    }

    @Test
    void isInconclusiveWhereEvidenceAndRuleDisagree() {
        long[] oneBurst = new long[2_000];
        Arrays.fill(oneBurst, 500, 560, 20);
        assertThat(EarlyVerdict.of(oneBurst, p99(0.95, 1))).isEqualTo(Outcome.INCONCLUSIVE);
    }
}
