/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetaTests {

    private static final double PERCENT = 1e-9; // 11 digits

    /** Computed with 30 digits by mpmath's betainc. */
    @ParameterizedTest
    @CsvSource({
        "0.3, 2.5, 4.5, 0.4065390166824592",
        "0.01, 0.5, 0.5, 0.06376856085851985",
        "0.99, 99.5, 1.5, 0.5713639257387018",
        "0.5, 1000.25, 1000.75, 0.5044600314251972",
        "0.0001, 3.7, 9000.2, 0.02189372724295038"
    })
    void agreesWithThirtyDigits(double x, double a, double b, double expected) {
        assertThat(Beta.regularised(x, a, b)).isCloseTo(expected, withinPercentage(PERCENT));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1000", "500, 1000", "10, 10000", "140, 10000"})
    void isTheTailOfTheBinomialDistribution(int t, int n) {
        double q = 0.01;
        assertThat(Beta.regularised(q, t, n - t + 1)).isCloseTo(Binomial.atLeast(t, n, q), withinPercentage(1e-9));
    }

    @Test
    void isAPowerWhereOneParameterIsOne() {
        assertThat(Beta.regularised(0.2, 3.5, 1)).isCloseTo(Math.pow(0.2, 3.5), withinPercentage(PERCENT));
        assertThat(Beta.regularised(0.2, 1, 3.5)).isCloseTo(1 - Math.pow(0.8, 3.5), withinPercentage(PERCENT));
    }

    @Test
    void goesFromZeroToOneAndIsTheMirrorOfItself() {
        assertThat(Beta.regularised(0, 2, 3)).isZero();
        assertThat(Beta.regularised(1, 2, 3)).isOne();
        for (double x = 0.05; x < 1; x += 0.05) {
            assertThat(Beta.regularised(x, 2.5, 7) + Beta.regularised(1 - x, 7, 2.5))
                    .isCloseTo(1, within(1e-12));
        }
    }
}
