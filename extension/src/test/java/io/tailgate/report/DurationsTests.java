/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 ns",
                "85 | 85 ns",
                "999 | 999 ns",
                "1000 | 1.00 us",
                "312000 | 312 us",
                "999499 | 999 us",
                "999500 | 1.00 ms",
                "1120000 | 1.12 ms",
                "45600000 | 45.6 ms",
                "2000000000 | 2.00 s",
                "1234567000000 | 1,235 s"
            })
    void hasThreeDigitsInTheUnitThatFits(long ns, String expected) {
        assertThat(Durations.format(ns)).isEqualTo(expected);
    }

    @Test
    void keepsTheFractionOfNanosecondsThatWereComputed() {
        assertThat(Durations.format(85.25)).isEqualTo("85.3 ns");
    }

    @Test
    void addsDigitsUntilTwoTimesDiffer() {
        assertThat(Durations.distinct(750_400, 750_080)).isEqualTo("750.4 us");
        assertThat(Durations.distinct(750_080, 750_400)).isEqualTo("750.1 us");
        assertThat(Durations.distinct(750_000, 750_000)).isEqualTo("750 us");
        assertThat(Durations.distinct(999_999_999, 999_999_998)).isEqualTo("999.999999 ms");
    }

    @Test
    void writesBothEndsOfARangeInTheUnitOfTheUpper() {
        assertThat(Durations.range(950_000, 1_310_000)).isEqualTo("0.95-1.31 ms");
        assertThat(Durations.range(580_000, 690_000)).isEqualTo("580-690 us");
        assertThat(Durations.range(113, 4_540)).isEqualTo("0.11-4.54 us");
    }

    @Test
    void keepsTheDigitsOfALowerEndThatIsFarBelow() {
        assertThat(Durations.range(1_140, 21_200_000)).isEqualTo("1.14 us to 21.2 ms");
    }

    @Test
    void leavesARangeWithoutAnUpperEndOpen() {
        assertThat(Durations.range(580_000, Long.MAX_VALUE)).isEqualTo("580 us or more");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1204 | 1,204", "99.9 | 99.9", "2 | 2", "0.1 | 0.1", "0.004 | below 0.01", "0 | 0", "NaN | none"})
    void writesAMeanSoThatSomethingNeverReadsZero(double mean, String expected) {
        assertThat(Durations.mean(mean)).isEqualTo(expected);
    }

    @Test
    void roundsAxisLabelsWithoutNeedlessZeros() {
        assertThat(Durations.round(0)).isEqualTo("0");
        assertThat(Durations.round(1_000_000)).isEqualTo("1 ms");
        assertThat(Durations.round(2_500)).isEqualTo("2.5 us");
        assertThat(Durations.round(200_000)).isEqualTo("200 us");
    }

    @Test
    void doesNotFollowTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Durations.format(1_120_000)).isEqualTo("1.12 ms");
            assertThat(Durations.count(2_000)).isEqualTo("2,000");
        } finally {
            Locale.setDefault(before);
        }
    }
}
