/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against published tables: Wilks' sample sizes, MLPerf LoadGen's minima, textbook order-statistic intervals. */
class QuantileTests {

    @ParameterizedTest
    @CsvSource({
        "90, 0.05, 29", "95, 0.05, 59", "99, 0.05, 299", "99.5, 0.05, 598", "99.9, 0.05, 2995", "99.99, 0.05, 29956",
        "90, 0.01, 44", "95, 0.01, 90", "97, 0.01, 152", "99, 0.01, 459", "99.5, 0.01, 919", "99.9, 0.01, 4603",
        "99.99, 0.01, 46050", "99, 0.025, 368", "99.9, 0.025, 3688"
    })
    void needsThePublishedNumberToPassWithoutExceedance(double percentile, double error, long n) {
        Quantile quantile = quantile(percentile, error);
        assertThat(quantile.leastForUpper()).isEqualTo(n);
        assertThat(quantile.mostToPass(n)).isZero();
        assertThat(quantile.mostToPass(n - 1)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "99, 0.05, 1, 473",
        "99, 0.05, 2, 628",
        "99, 0.05, 3, 773",
        "99, 0.05, 5, 1049",
        "99, 0.05, 10, 1693",
        "99.9, 0.05, 1, 4742",
        "99.9, 0.05, 2, 6294",
        "99.9, 0.05, 3, 7752",
        "99.9, 0.05, 5, 10511",
        "99.9, 0.05, 10, 16959",
        "90, 0.01, 1, 64",
        "99, 0.01, 1, 662",
        "99, 0.01, 2, 838",
        "99, 0.01, 10, 2010",
        "99.9, 0.01, 1, 6636"
    })
    void needsThePublishedNumberToPassWithSomeExceedances(double percentile, double error, long t, long n) {
        assertThat(quantile(percentile, error).mostToPass(n)).isEqualTo(t);
        assertThat(quantile(percentile, error).mostToPass(n - 1)).isEqualTo(t - 1);
    }

    @ParameterizedTest
    @CsvSource({"99, 1000, 0.05, 16", "99, 1000, 0.001, 22", "99.9, 10000, 0.05, 16", "99.9, 10000, 0.001, 22"})
    void failsFromThePublishedCountOn(double percentile, long n, double error, long t) {
        assertThat(quantile(percentile, error).leastToFail(n)).isEqualTo(t);
    }

    @ParameterizedTest
    @CsvSource({"99, 1000, 983, 997", "99.9, 10000, 9983, 9997"})
    void boundsThePercentileByThePublishedOrderStatistics(double percentile, long n, long low, long high) {
        assertThat(quantile(percentile, 0.025).lowerRank(n)).isEqualTo(low);
        assertThat(quantile(percentile, 0.025).upperRank(n)).isEqualTo(high);
    }

    @ParameterizedTest
    @CsvSource({
        "99, 300, 0.05, 2, 0.39", "99, 300, 0.05, 3, 0.80", "99, 300, 0.05, 5, 0.99", "99, 1000, 0.05, 2, 0.85",
        "99, 2000, 0.05, 2, 0.97", "99, 1000, 0.001, 2, 0.36", "99, 1000, 0.001, 3, 0.95", "99, 2000, 0.001, 2, 0.76",
        "99.9, 3000, 0.05, 3, 0.79", "99.9, 10000, 0.05, 2, 0.84", "99.9, 30000, 0.001, 2, 0.94"
    })
    void findsARaisedRateWithThePublishedPower(double percentile, long n, double error, double times, double power) {
        Quantile quantile = quantile(percentile, error);
        double rate = times * Percentile.of(percentile).exceedance();
        assertThat(Binomial.atLeast(quantile.leastToFail(n), n, rate)).isCloseTo(power, within(0.0051));
    }

    @Test
    void hasNoBoundWhereValuesAreTooFew() {
        assertThat(quantile(99, 0.01).upperRank(458)).isEqualTo(Quantile.NONE);
        assertThat(quantile(50, 0.01).lowerRank(6)).isEqualTo(Quantile.NONE);
        assertThat(quantile(50, 0.01).lowerRank(7)).isEqualTo(1);
        assertThat(quantile(50, 0.01).leastForLower()).isEqualTo(7);
    }

    @Test
    void isSymmetricAboutTheMedian() {
        Quantile median = quantile(50, 0.025);
        assertThat(median.lowerRank(100) + median.upperRank(100)).isEqualTo(101);
        assertThat(median.lowerRank(100)).isEqualTo(40); // David and Nagaraja: [X_(40), X_(61)]
    }

    private static Quantile quantile(double percentile, double error) {
        return new Quantile(Percentile.of(percentile), error);
    }
}
