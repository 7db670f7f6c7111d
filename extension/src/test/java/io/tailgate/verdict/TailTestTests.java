/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TailTestTests {

    private static final long FAST = 1_000;
    private static final long SLOW = 9_000;
    private static final Limit BETWEEN = atMost(5_000);

    @ParameterizedTest
    @CsvSource({"0, PASS", "4, PASS", "5, INCONCLUSIVE", "16, INCONCLUSIVE", "18, FAIL", "1000, FAIL"})
    void decidesByTheExactCountOfSlowerIterations(int slower, Outcome outcome) {
        BoundVerdict verdict = only(run(1000, slower), bound(99, BETWEEN, 0.95));
        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(verdict.exceedances()).isEqualTo(slower);
        assertThat(verdict.iterations()).isEqualTo(1000);
        assertThat(verdict.limitNs()).isEqualTo(5_000);
        assertThat(verdict.reason()).contains("%,d of 1,000 iterations".formatted(slower));
    }

    @Test
    void passesExactlyWhereTheUpperBoundIsWithinTheLimitAndFailsWhereTheLowerIsAbove() {
        long[] latencies =
                LongStream.rangeClosed(1, 1000).map(i -> 1 + i * 601 % 1000).toArray();
        for (long limit = 970; limit <= 1000; limit++) {
            BoundVerdict verdict = only(latencies, bound(99, atMost(limit), 0.95));
            assertThat(verdict.outcome() == Outcome.PASS).isEqualTo(verdict.highNs() <= limit);
            assertThat(verdict.outcome() == Outcome.FAIL).isEqualTo(verdict.lowNs() > limit);
            assertThat(verdict.observedNs()).isEqualTo(990);
        }
    }

    @Test
    void countsAnIterationAtTheLimitAsWithinIt() {
        long[] latencies = run(1000, 500);
        assertThat(only(latencies, bound(99, atMost(SLOW), 0.95)).outcome()).isEqualTo(Outcome.PASS);
        assertThat(only(latencies, bound(99, atMost(SLOW - 1), 0.95)).exceedances())
                .isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"99, 0.95, 299", "99, 0.99, 459", "99.9, 0.95, 2995", "99.9, 0.99, 4603", "100, 0.99, 1"})
    void requiresThePublishedNumberOfIterations(double percentile, double confidence, long n) {
        assertThat(TailTest.iterationsRequired(bound(percentile, BETWEEN, confidence)))
                .isEqualTo(n);
        assertThat(only(run((int) n, 0), bound(percentile, BETWEEN, confidence)).outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void givesEachSideOfARatioHalfOfTheError() {
        Limit thrice = new Limit.TimesMedian(3);
        assertThat(TailTest.iterationsRequired(bound(99, thrice, 0.95))).isEqualTo(368);
        assertThat(only(run(368, 0), bound(99, thrice, 0.95)).outcome()).isEqualTo(Outcome.PASS);
        assertThat(only(run(367, 0), bound(99, thrice, 0.95)).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(TailTest.iterationsRequired(bound(40, thrice, 0.99))).isEqualTo(8);
        assertThat(TailTest.iterationsRequired(bound(40, new Limit.TimesMean(3), 0.99)))
                .isEqualTo(30);
    }

    @Test
    void aMedianOfZeroFailsNothingAndSaysThatTheClockIsTooCoarse() {
        long[] ticks = new long[2_000];
        for (int i = 0; i < ticks.length; i += 10) {
            ticks[i] = 41;
        }
        BoundVerdict verdict = only(ticks, bound(99, new Limit.TimesMedian(3), 0.95));
        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.reason()).contains("the clock is too coarse").doesNotContain("near the limit");
        assertThat(only(new long[2_000], bound(99, new Limit.TimesMedian(3), 0.95))
                        .outcome())
                .isEqualTo(Outcome.PASS);
    }

    @Test
    void namesTheLeastNumberWhereTooFewRanForAMeanToBeKnown() {
        LatencyBound bound = bound(99, new Limit.TimesMean(3), 0.95);
        BoundVerdict verdict = only(new long[] {15, 16}, bound);
        assertThat(verdict.iterationsNeeded()).isEqualTo(TailTest.iterationsRequired(bound));
        assertThat(verdict.reason()).doesNotContain("near the limit");
    }

    @Test
    void neverSaysThatAProbabilityIsBelowWhatIsAboveTheError() {
        LatencyBound strict = new LatencyBound(99, BETWEEN, 0.999999, 1, 1_000_000);
        assertThat(only(run(1000, 200), strict).reason())
                .contains("<= 1.00e-12")
                .doesNotContain("below");
    }

    @Test
    void needsNoMoreIterationsThanWouldDecide() {
        BoundVerdict verdict = only(run(100, 0), bound(99, BETWEEN, 0.99));
        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.highNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(verdict.iterationsNeeded()).isEqualTo(459);
        assertThat(verdict.reason()).contains("459");
    }

    @ParameterizedTest
    @CsvSource({"7, PASS", "13, FAIL"})
    void decidesAtTheNumberThatItSaidItNeeds(int slower, Outcome outcome) {
        long n = only(run(1000, slower), bound(99, BETWEEN, 0.99)).iterationsNeeded();
        assertThat(n).isGreaterThan(1000);
        double share = slower / 1000.0 * n;
        double same = outcome == Outcome.PASS ? Math.floor(share) : Math.ceil(share);
        assertThat(only(run((int) n, (int) same), bound(99, BETWEEN, 0.99)).outcome())
                .isEqualTo(outcome);
    }

    @Test
    void saysThatNoNumberWouldDecideAtTheLimit() {
        BoundVerdict verdict = only(run(1000, 10), bound(99, BETWEEN, 0.99));
        assertThat(verdict.iterationsNeeded()).isZero();
        assertThat(verdict.reason()).contains("no practicable number");
    }

    @Nested
    class Ratios {

        @Test
        void failWhenFivePercentAreSlowAndPassWhenNoneIs() {
            LatencyBound bound = bound(99, new Limit.TimesMedian(3), 0.99);
            assertThat(only(run(2000, 100), bound).outcome()).isEqualTo(Outcome.FAIL);
            assertThat(only(run(2000, 0), bound).outcome()).isEqualTo(Outcome.PASS);
        }

        @Test
        void failByTheSmallestMultiple() {
            long[] latencies = LongStream.range(0, 2000)
                    .map(i -> 1_000_000 + i * 1_201 % 2_000) // in no order
                    .toArray();
            BoundVerdict verdict = only(latencies, bound(99, new Limit.TimesMedian(1.0001), 0.99));
            assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(verdict.reason()).contains("1.0001 x the median").contains("p99");
        }

        @Test
        void areExactWhereTheLimitIsHitToTheNanosecond() {
            long[] latencies = run(1000, 500, 1_000, 1_100);
            Arrays.fill(latencies, 0, 600, 1_000); // median 1000; 1.1 x 1000 is more than 1100 in binary
            BoundVerdict verdict = only(latencies, bound(99, new Limit.TimesMedian(1.1), 0.99));
            assertThat(verdict.limitNs()).isEqualTo(1_100);
            assertThat(verdict.exceedances()).isZero();
            assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
        }

        @Test
        void ofTheMeanUseItsInterval() {
            BoundVerdict fail = only(run(2000, 100), bound(99, new Limit.TimesMean(3), 0.99));
            assertThat(fail.outcome()).isEqualTo(Outcome.FAIL); // mean 1400, limit 4200
            assertThat(fail.limitNs()).isEqualTo(4_200);
            assertThat(fail.reason()).contains("3 x the mean");
            assertThat(only(run(2000, 100), bound(99, new Limit.TimesMean(7), 0.99))
                            .outcome())
                    .isEqualTo(Outcome.PASS);
            assertThat(only(run(20, 0), bound(50, new Limit.TimesMean(3), 0.9)).outcome())
                    .isEqualTo(Outcome.INCONCLUSIVE);
        }
    }

    @Nested
    class Extremes {

        @Test
        void oneIterationSaysNothingButAboutItself() {
            assertThat(only(run(1, 1), bound(99, BETWEEN, 0.99)).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
            assertThat(only(run(1, 1), bound(100, BETWEEN, 0.99)).outcome()).isEqualTo(Outcome.FAIL);
            assertThat(only(run(1, 0), bound(100, BETWEEN, 0.99)).outcome()).isEqualTo(Outcome.PASS);
        }

        @Test
        void theMaximumIsJudgedByTheSampleAndSaysSo() {
            BoundVerdict verdict = only(run(1000, 1), bound(100, new Limit.TimesMedian(3), 0.99));
            assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(verdict.observedNs()).isEqualTo(SLOW);
            assertThat(verdict.reason()).contains("these iterations alone");
        }

        @Test
        void theLargestTimesDoNotOverflow() {
            long[] latencies = new long[1000];
            Arrays.fill(latencies, Long.MAX_VALUE - 1);
            assertThat(only(latencies, bound(99, new Limit.TimesMedian(3), 0.99))
                            .outcome())
                    .isEqualTo(Outcome.PASS);
            assertThat(only(latencies, bound(99, new Limit.TimesMean(0.5), 0.99))
                            .outcome())
                    .isEqualTo(Outcome.FAIL);
            Limit ages = new Limit.AtMost(Duration.ofSeconds(Long.MAX_VALUE));
            assertThat(only(latencies, bound(99, ages, 0.99)).outcome()).isEqualTo(Outcome.PASS);
        }

        @Test
        void aClockTooCoarseForTheBodyCountsAsZero() {
            assertThat(only(new long[1000], bound(99, new Limit.TimesMedian(3), 0.99))
                            .outcome())
                    .isEqualTo(Outcome.PASS);
        }

        @Test
        void noIterationIsAnError() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TailTest.judge(new long[0], List.of()))
                    .withMessageContaining("at least one");
        }
    }

    @Nested
    class SeveralBounds {

        private final LatencyBound passes = bound(99, atMost(10_000), 0.99);
        private final LatencyBound fails = bound(90, BETWEEN, 0.99);
        private final LatencyBound cannotTell = bound(99.999, atMost(10_000), 0.99);
        private final long[] latencies = run(1000, 500);

        @Test
        void failIfOneFails() {
            Verdict verdict = TailTest.judge(latencies, List.of(passes, cannotTell, fails));
            assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
            assertThat(verdict.bounds())
                    .extracting(BoundVerdict::outcome)
                    .containsExactly(Outcome.PASS, Outcome.INCONCLUSIVE, Outcome.FAIL);
            assertThat(verdict.remarks()).singleElement().asString().contains("3 bounds");
        }

        @Test
        void areInconclusiveIfOneIs() {
            assertThat(TailTest.judge(latencies, List.of(passes, cannotTell)).outcome())
                    .isEqualTo(Outcome.INCONCLUSIVE);
        }

        @Test
        void passIfNoneWasAsked() {
            Verdict verdict = TailTest.judge(latencies, List.of());
            assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
            assertThat(verdict.remarks()).containsExactly("nothing was asked of the tail");
        }
    }

    @Test
    void aPassNamesItsBurstTolerance() {
        LatencyBound bursty = new LatencyBound(99, BETWEEN, 0.99, 3);
        assertThat(TailTest.judge(run(1382, 0), List.of(bursty)).remarks())
                .singleElement()
                .asString()
                .contains("bursts of up to 3.00 on average");
        assertThat(TailTest.judge(run(10_000, 0), List.of(bursty)).remarks())
                .singleElement()
                .asString()
                .contains("bursts of up to 20.2 on average");
        assertThat(TailTest.judge(run(1000, 0), List.of(bound(99, BETWEEN, 0.99)))
                        .remarks())
                .singleElement()
                .asString()
                .contains("independently of each other (burst tolerance 1)");
    }

    @ParameterizedTest
    @CsvSource({"99, 0.95, 899", "99, 0.99, 1382", "99.9, 0.95, 8988", "99.9, 0.99, 13816", "90, 0.99, 139"})
    void requiresThreeTimesAsManyIterationsForBurstsOfThree(double percentile, double confidence, long n) {
        LatencyBound bursty = new LatencyBound(percentile, BETWEEN, confidence, 3);
        assertThat(TailTest.iterationsRequired(bursty)).isEqualTo(n);
        assertThat(only(run((int) n, 0), bursty).outcome()).isEqualTo(Outcome.PASS);
        BoundVerdict tooFew = only(run((int) n - 1, 0), bursty);
        assertThat(tooFew.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(tooFew.iterationsNeeded()).isCloseTo(n, withinPercentage(1));
    }

    @Test
    void oneLongBurstIsLessEvidenceThanAsManySeparateIterations() {
        long[] burst = run(1000, 0);
        Arrays.fill(burst, 500, 530, SLOW);
        BoundVerdict verdict = only(burst, bound(99, BETWEEN, 0.95));
        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.bursts().bursts()).isEqualTo(1);
        assertThat(verdict.bursts().longest()).isEqualTo(30);
        assertThat(verdict.bursts().effective()).isLessThan(5);
        assertThat(verdict.reason()).contains("all in one burst");
        assertThat(only(run(1000, 30), bound(99, BETWEEN, 0.95)).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void aRunThatIsSlowFromBeginningToEndFails() {
        assertThat(only(run(1000, 1000), new LatencyBound(99, BETWEEN, 0.99, 3)).outcome())
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    void aLookSpendsNoMoreThanItsShareOfTheError() {
        List<LatencyBound> bounds = List.of(bound(99, BETWEEN, 0.95));
        assertThat(TailTest.judge(run(400, 0), bounds).outcome()).isEqualTo(Outcome.PASS);
        assertThat(TailTest.judge(run(400, 0), bounds, 0.2).outcome()).isEqualTo(Outcome.INCONCLUSIVE); // 459 at 1 %
        assertThat(TailTest.judge(run(459, 0), bounds, 0.2).outcome()).isEqualTo(Outcome.PASS);
        assertThat(TailTest.outcome(run(400, 0), bounds, 0.2)).isEqualTo(Outcome.INCONCLUSIVE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TailTest.judge(run(400, 0), bounds, 1.5))
                .withMessageContaining("errorShare = 1.5");
    }

    @Test
    void sharesTheErrorOfAFailureAmongTheTestsOfAFamily() {
        LatencyBound alone = new LatencyBound(99, BETWEEN, 0.95, 1, 1);
        LatencyBound oneOfMany = new LatencyBound(99, BETWEEN, 0.95, 1, 100);
        assertThat(only(run(1000, 20), alone).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(only(run(1000, 20), oneOfMany).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(only(run(299, 0), oneOfMany).outcome()).isEqualTo(Outcome.PASS);
        assertThat(TailTest.judge(run(1000, 20), List.of(oneOfMany)).remarks())
                .singleElement()
                .asString()
                .contains("of 100 tests (tailgate.family) is at most 0.05");
    }

    @Test
    void aPassOfTheMaximumInfersNothingAndNeedsNoTolerance() {
        LatencyBound slowest = new LatencyBound(100, BETWEEN, 0.99, 3);
        assertThat(TailTest.judge(run(1000, 0), List.of(slowest)).remarks()).isEmpty();
    }

    @Test
    void leavesTheLatenciesInTheirOrder() {
        long[] latencies = {3, 1, 2};
        TailTest.judge(latencies, List.of(bound(50, BETWEEN, 0.9)));
        assertThat(latencies).containsExactly(3, 1, 2);
    }

    private static BoundVerdict only(long[] latencies, LatencyBound bound) {
        return TailTest.judge(latencies, List.of(bound)).bounds().get(0);
    }

    private static LatencyBound bound(double percentile, Limit limit, double confidence) {
        return new LatencyBound(percentile, limit, confidence, 1);
    }

    private static Limit atMost(long ns) {
        return new Limit.AtMost(Duration.ofNanos(ns));
    }

    private static long[] run(int n, int slower) {
        return run(n, slower, FAST, SLOW);
    }

    private static long[] run(int n, int slower, long fast, long slow) {
        long[] latencies = new long[n];
        Arrays.fill(latencies, fast);
        for (long i = 0; i < slower; i++) {
            latencies[(int) ((2 * i + 1) * n / (2L * slower))] = slow; // spread evenly
        }
        return latencies;
    }
}
