/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BurstModelTests {

    private static final int MOST_BURSTS = 60;
    private static final int MOST_SLOW = 1_500;

    @ParameterizedTest
    @CsvSource({
        "300, 0.01, 2, 1, 1", "300, 0.01, 2, 4, 11", "300, 0.01, 5, 2, 2", "300, 0.01, 20, 3, 40",
                "300, 0.01, 1.3, 9, 9",
        "1000, 0.01, 3, 2, 4", "1000, 0.01, 3, 1, 30", "1000, 0.01, 10, 6, 31", "1000, 0.01, 10, 0, 0",
                "90, 0.1, 4, 5, 22"
    })
    void agreesWithTheSumOverEveryOutcome(int n, double q, double size, int bursts, int count) {
        BurstModel model = new BurstModel(n, q);
        double level = model.signedRoot(bursts, count) + 1e-9;

        assertThat(model.probability(model.below(level), size))
                .isCloseTo(sumOverEveryOutcome(model, level, n, q, size), within(1e-10));
    }

    /** Term by term: the Poisson and negative binomial probabilities by their recurrences. */
    private static double sumOverEveryOutcome(BurstModel model, double level, int n, double q, double size) {
        double mean = n * q / size + q * (1 - 1 / size);
        double ofBursts = Math.exp(-mean);
        double sum = ofBursts;
        for (int bursts = 1; bursts <= MOST_BURSTS; bursts++) {
            ofBursts *= mean / bursts;
            double ofCount = Math.pow(1 / size, bursts);
            for (int count = bursts; count <= MOST_SLOW; count++) {
                sum += model.signedRoot(bursts, count) < level ? ofBursts * ofCount : 0;
                ofCount *= (1 - 1 / size) * count / (count - bursts + 1);
            }
        }
        return sum;
    }

    @Test
    void asksForNoMoreBurstsThanAreLikelyHoweverManyWereSeen() {
        BurstModel model = new BurstModel(1_000_000, 0.01);
        assertThat(model.below(model.signedRoot(1_000_000, 1_000_000))).hasSizeLessThan(12_000);
    }

    @ParameterizedTest
    @CsvSource({"300, 0.01, 3", "1000, 0.01, 4", "1000, 0.01, 20", "1000, 0.1, 80", "40, 0.5, 13"})
    void isExactlyBinomialWhereIterationsAreIndependent(int n, double q, int count) {
        BurstModel model = new BurstModel(n, q);
        double level = model.signedRoot(count, count) + 1e-9;
        double expected = Binomial.probability(0, n, q);
        for (int t = 1; t <= n; t++) {
            expected += model.signedRoot(t, t) < level ? Binomial.probability(t, n, q) : 0;
        }
        assertThat(model.probability(model.below(level), 1)).isCloseTo(expected, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({ // the likelihoods maximised numerically
        "4.73, 1, 1, -1.528156",
        "10, 3, 3, -2.214965",
        "10, 20, 20, 2.779548",
        "10, 3, 40, 1.661150",
        "100, 30, 60, -2.277805",
        "100, 10, 200, 1.553110"
    })
    void knowsTheSignedRootOfTheLikelihoodRatio(double expected, int bursts, int count, double root) {
        assertThat(new BurstModel((long) (expected * 1_000_000), 1e-6).signedRoot(bursts, count))
                .isCloseTo(root, within(1e-5));
    }

    @Test
    void ordersNoBurstBelowAllAndMoreIterationsAboveFewer() {
        BurstModel model = new BurstModel(10_000, 0.01);
        assertThat(model.signedRoot(0, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
        for (int bursts = 1; bursts < 300; bursts += 7) {
            for (int count = bursts; count < 2_000; count++) {
                assertThat(model.signedRoot(bursts, count + 1)).isGreaterThanOrEqualTo(model.signedRoot(bursts, count));
            }
        }
    }

    @Test
    void findsTheLargestTotalBelowALevel() {
        BurstModel model = new BurstModel(1_000, 0.01);
        for (double level : new double[] {-4, -1.5, 0.5, 3}) {
            long[] totals = model.below(level);
            for (int bursts = 1; bursts < totals.length; bursts++) {
                long total = totals[bursts];
                assertThat(total < bursts || model.signedRoot(bursts, total) < level)
                        .isTrue();
                assertThat(model.signedRoot(bursts, total + 1)).isGreaterThanOrEqualTo(level);
            }
        }
    }

    @Test
    void everyOutcomeTogetherIsCertain() {
        BurstModel model = new BurstModel(1_000, 0.01);
        long[] totals = new long[200];
        Arrays.fill(totals, 1L << 40);
        assertThat(model.probability(totals, 1)).isCloseTo(1, within(1e-12));
        assertThat(model.probability(totals, 3)).isCloseTo(1, within(1e-12));
        assertThat(model.probability(totals, 200)).isCloseTo(1, within(1e-12));
    }
}
