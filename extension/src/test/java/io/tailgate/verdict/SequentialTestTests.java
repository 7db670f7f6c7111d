/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.verdict.SequentialTest.Seen;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequentialTestTests {

    private static final int N = 14;

    private static Seen seen(boolean[] slow) {
        int bursts = 0;
        int count = 0;
        for (int i = 0; i < slow.length; i++) {
            count += slow[i] ? 1 : 0;
            bursts += slow[i] && (i == 0 || !slow[i - 1]) ? 1 : 0;
        }
        return new Seen(slow.length, bursts, count, slow[slow.length - 1]);
    }

    private static boolean[] sequence(int bits) {
        boolean[] slow = new boolean[N];
        for (int i = 0; i < N; i++) {
            slow[i] = (bits >> i & 1) == 1;
        }
        return slow;
    }

    private interface Evidence {
        double log(SequentialTest test, Seen seen);
    }

    /** Sums over each sequence there is: what evidence is worth on average where the limit just holds. */
    private static double expectedAtLimit(double q, double length, Evidence evidence) {
        SequentialTest test = new SequentialTest(q);
        double sum = 0;
        for (int bits = 0; bits < 1 << N; bits++) {
            Seen seen = seen(sequence(bits));
            double log = evidence.log(test, seen);
            if (log != 0) { // 0 stands for no evidence, which is not 1 but nothing
                sum += Math.exp(seen.logLikelihood(q / (1 - q) / length, 1 / length) + log);
            }
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.26, 2, 3, 6, 13})
    void isWorthAtMostOneWhereTheLimitHolds(double length) {
        double worse = expectedAtLimit(0.2, length, SequentialTest::logWorse);
        double better = expectedAtLimit(0.2, length, (test, seen) -> test.logBetter(seen, 13));
        assertThat(worse).isBetween(0.01, 1.0);
        assertThat(better).isBetween(0.001, 1.0);
    }

    @Test
    void isNothingOnTheOtherSideOfTheLimit() {
        SequentialTest test = new SequentialTest(0.01);
        assertThat(test.logWorse(new Seen(1_000, 9, 9, false))).isZero();
        assertThat(test.logBetter(new Seen(1_000, 11, 11, false), 1)).isZero();
    }

    @Test
    void isLessWhereSlowIterationsComeTogether() {
        SequentialTest test = new SequentialTest(0.01);
        double apart = test.logWorse(new Seen(1_000, 30, 30, false));
        double together = test.logWorse(new Seen(1_000, 3, 30, false));
        assertThat(apart).isGreaterThan(Math.log(1_000));
        assertThat(together).isLessThan(Math.log(20));
    }

    @Test
    void asksMoreIterationsOfAPassThatHoldsForBursts() {
        SequentialTest test = new SequentialTest(0.01);
        Seen none = new Seen(1_000, 0, 0, false);
        assertThat(test.logBetter(none, 1)).isGreaterThan(Math.log(100));
        assertThat(test.logBetter(none, 3)).isLessThan(test.logBetter(none, 1));
    }

    @Test
    void isSureOnceTheEvidenceIsBeyondWhatADoubleHolds() {
        assertThat(new SequentialTest(0.01).logWorse(new Seen(100_000, 20_000, 50_000, false)))
                .isGreaterThan(700);
        assertThat(new SequentialTest(0.01).logBetter(new Seen(1_000_000, 10, 10, false), 1))
                .isGreaterThan(700);
    }

    private static int stopsAt(double rate, double error, Random random, boolean worse) {
        SequentialTest test = new SequentialTest(0.01);
        int slow = 0;
        int bursts = 0;
        boolean last = false;
        for (int n = 1; n <= 20_000; n++) {
            boolean now = random.nextDouble() < rate;
            slow += now ? 1 : 0;
            bursts += now && !last ? 1 : 0;
            last = now;
            if (n % 20 == 0) {
                Seen seen = new Seen(n, bursts, slow, last);
                if ((worse ? test.logWorse(seen) : test.logBetter(seen, 1)) >= -Math.log(error)) {
                    return n;
                }
            }
        }
        return Integer.MAX_VALUE;
    }

    /** 452 and 1,613: what one look takes at this rate to be sure 99 times of 100. */
    @Test
    void stopsInLessThanSixtyPercentOfAFixedRun() {
        Random random = new Random(20_261_122);
        double worse = 0;
        double better = 0;
        for (int run = 0; run < 300; run++) {
            worse += stopsAt(0.04, 0.05 * 3 / 4, random, true) / 300.0;
            better += stopsAt(0.0025, 0.05 * 3 / 4, random, false) / 300.0;
        }
        System.out.printf("mean n: %.0f at four times the limit, %.0f at a quarter%n", worse, better);
        assertThat(worse).isLessThan(0.6 * 452);
        assertThat(better).isLessThan(0.6 * 1_613);
    }
}
