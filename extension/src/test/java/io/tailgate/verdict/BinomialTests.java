/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialTests {

    private static final MathContext DIGITS = new MathContext(50);
    private static final double PERCENT = 1e-9; // 11 digits

    @ParameterizedTest
    @CsvSource({
        "1, 0.5",
        "2, 0.01",
        "10, 0.3",
        "59, 0.05",
        "300, 0.01",
        "300, 0.99",
        "1000, 0.01",
        "1000, 0.5",
        "2000, 0.001"
    })
    void agreesWithExactArithmeticOnEveryCount(int n, double q) {
        BigDecimal atMost = BigDecimal.ZERO;
        BigDecimal term = none(n, q);
        for (int t = 0; t <= n; t++) {
            atMost = atMost.add(term, DIGITS);
            assertAgrees(Binomial.atMost(t, n, q), atMost);
            term = next(term, t, n, q);
            assertAgrees(Binomial.atLeast(t + 1, n, q), BigDecimal.ONE.subtract(atMost, DIGITS));
        }
    }

    @Test
    void agreesWithExactArithmeticDownTo1e300() {
        int n = 10_000;
        double q = 0.01;
        BigDecimal term = none(n, q);
        for (int t = 0; t < 640; t++) {
            term = next(term, t, n, q);
        }
        BigDecimal tail = BigDecimal.ZERO;
        for (int t = 640; t < 1000; t++) {
            tail = tail.add(term, DIGITS);
            term = next(term, t, n, q);
        }
        assertThat(tail.doubleValue()).isBetween(1e-300, 1e-250);
        assertThat(Binomial.atLeast(640, n, q)).isCloseTo(tail.doubleValue(), withinPercentage(PERCENT));
    }

    @Test
    void agreesWithExactArithmeticForTenMillion() {
        int n = 10_000_000;
        double q = 0.001;
        BigDecimal atMost = BigDecimal.ZERO;
        BigDecimal term = none(n, q);
        for (int t = 0; t <= 9_700; t++) {
            atMost = atMost.add(term, DIGITS);
            term = next(term, t, n, q);
        }
        assertThat(Binomial.atMost(9_700, n, q)).isCloseTo(atMost.doubleValue(), withinPercentage(PERCENT));
    }

    @Test
    void bothTailsMakeOneNearTheMean() {
        for (long t = 4_990_000; t < 5_010_000; t += 1_000) {
            double sum = Binomial.atMost(t, 10_000_000, 0.5) + Binomial.atLeast(t + 1, 10_000_000, 0.5);
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void isCertainOutsideTheRangeOfCounts() {
        assertThat(Binomial.atMost(-1, 10, 0.1)).isZero();
        assertThat(Binomial.atMost(10, 10, 0.1)).isOne();
        assertThat(Binomial.atLeast(0, 10, 0.1)).isOne();
        assertThat(Binomial.atLeast(11, 10, 0.1)).isZero();
    }

    /** Below 1e-30 the difference from 1 has lost its digits in 50-digit arithmetic. */
    private static void assertAgrees(double actual, BigDecimal exact) {
        if (exact.doubleValue() > 1e-30) {
            assertThat(actual).isCloseTo(exact.doubleValue(), withinPercentage(PERCENT));
        }
    }

    private static BigDecimal none(int n, double q) {
        return BigDecimal.ONE.subtract(new BigDecimal(q)).pow(n, DIGITS);
    }

    private static BigDecimal next(BigDecimal term, int t, int n, double q) {
        BigDecimal odds = new BigDecimal(q).divide(BigDecimal.ONE.subtract(new BigDecimal(q)), DIGITS);
        return term.multiply(BigDecimal.valueOf(n - t), DIGITS)
                .multiply(odds, DIGITS)
                .divide(BigDecimal.valueOf(t + 1), DIGITS);
    }
}
