/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit.TimesBaseline;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Seeded simulations of two bodies whose true percentiles are known. */
class PairedTestTests {

    private static final LatencyBound NO_SLOWER = new LatencyBound(99, new TimesBaseline(1), 0.99, 1);
    private static final LatencyBound HALF_AGAIN = new LatencyBound(99, new TimesBaseline(1.5), 0.99, 1);
    private static final int RUNS = 40;
    private static final int N = 3_000;

    @Test
    void identicalCodeHardlyEverFailsEvenWithoutAnyAllowance() {
        int fails = 0;
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(run);
            fails += outcome(latencies(random, 1), latencies(random, 1), NO_SLOWER) == Outcome.FAIL ? 1 : 0;
        }
        assertThat(fails).isZero(); // both intervals would have to miss in opposite directions
    }

    @Test
    void twiceTheTailIsFound() {
        int fails = 0;
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(run);
            fails += outcome(latencies(random, 1), latencies(random, 2), NO_SLOWER) == Outcome.FAIL ? 1 : 0;
        }
        assertThat(fails).isGreaterThan(RUNS * 95 / 100);
    }

    @Test
    void aRegressionBeyondTheFactorNeverPasses() {
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(run);
            assertThat(outcome(latencies(random, 1), latencies(random, 1.6), HALF_AGAIN))
                    .isNotEqualTo(Outcome.PASS);
        }
    }

    @Test
    void identicalCodePassesWhereTheFactorAllowsForTheUncertainty() {
        Random random = new Random(7);
        LatencyBound thrice = new LatencyBound(99, new TimesBaseline(3), 0.99, 1);
        BoundVerdict judged = judged(latencies(random, 1), latencies(random, 1), thrice);

        assertThat(judged.outcome()).isEqualTo(Outcome.PASS);
        assertThat(judged.reason())
                .contains("p99 of the candidate lies between")
                .contains("the candidate's highest is within 3 x the baseline's lowest");
        assertThat(judged.limitNs()).isBetween(3.0 * judged.lowNs() / 2, 6.0 * judged.highNs());
    }

    @Test
    void aRunInWhichOneBodyNeverRanSaysWhatIsMissing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairedTest.judge(new long[] {5}, new long[0], List.of(HALF_AGAIN), 1))
                .withMessageContaining("the baseline ran 1 and the candidate 0 times")
                .withMessageContaining("allow more time");
    }

    @Test
    void aRunTooShortForAnyPassSaysHowLongOneMustBe() {
        long[] constant = new long[50];
        Arrays.fill(constant, 1_000);

        BoundVerdict judged = judged(constant, constant, NO_SLOWER);

        assertThat(judged.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judged.highNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(judged.reason())
                .endsWith(String.format(
                        Locale.ROOT, "a PASS needs %,d or more of each", PairedTest.iterationsRequired(NO_SLOWER)));
    }

    @Test
    void aSecondBoundMakesAFailHarderAndAPassNoEasier() {
        Random random = new Random(3);
        long[] baseline = latencies(random, 1);
        long[] candidate = latencies(random, 2);
        BoundVerdict alone = judged(baseline, candidate, NO_SLOWER);
        BoundVerdict ofTwo = PairedTest.judge(baseline, candidate, List.of(NO_SLOWER, HALF_AGAIN), 1)
                .bounds()
                .get(0);

        assertThat(alone.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(ofTwo.lowNs()).isLessThanOrEqualTo(alone.lowNs());
    }

    private static Outcome outcome(long[] baseline, long[] candidate, LatencyBound bound) {
        return judged(baseline, candidate, bound).outcome();
    }

    private static BoundVerdict judged(long[] baseline, long[] candidate, LatencyBound bound) {
        return PairedTest.judge(baseline, candidate, List.of(bound), 1).bounds().get(0);
    }

    /** A body of 50 us of whose iterations 3 % are slow, by an exponential amount that {@code tail} multiplies. */
    private static long[] latencies(Random random, double tail) {
        long[] latencies = new long[N];
        for (int i = 0; i < N; i++) {
            double slow = random.nextDouble() < 0.03 ? 50_000 - 100_000 * Math.log(1 - random.nextDouble()) : 0;
            latencies[i] = (long) ((50_000 + random.nextInt(5_000) + slow) * (slow > 0 ? tail : 1));
        }
        return latencies;
    }
}
