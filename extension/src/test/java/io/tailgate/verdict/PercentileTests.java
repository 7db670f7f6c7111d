/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentileTests {

    @ParameterizedTest
    @CsvSource({
        "50, 1, 1",
        "50, 2, 1",
        "50, 3, 2",
        "99, 100, 99",
        "99, 101, 100",
        "99.9, 1000, 999",
        "99.9, 999, 999",
        "100, 7, 7",
        "0.001, 5, 1",
        "99.9, 10000000, 9990000"
    })
    void isTheSmallestRankThatHoldsEnough(double percent, long n, long rank) {
        assertThat(Percentile.of(percent).rank(n)).isEqualTo(rank);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 100.1, Double.NaN, Double.POSITIVE_INFINITY})
    void rejectsWhatIsNoPercentile(double percent) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Percentile.of(percent))
                .withMessageContaining(String.valueOf(percent));
    }

    @Test
    void rejectsNoValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Percentile.of(99.9).in(new long[0]))
                .withMessageContaining("p99.9");
    }

    @Test
    void allowsTheExactShareAbove() {
        assertThat(Percentile.of(99.9).exceedance()).isEqualTo(0.001);
        assertThat(Percentile.of(99).exceedance()).isEqualTo(0.01);
        assertThat(Percentile.of(99.9).exceedancePercent()).isEqualTo("0.1");
    }

    @Test
    void agreesWithHdrHistogramToItsResolution() {
        Random random = new Random(5);
        long[] values = random.longs(10_000, 1_000, 50_000_000).sorted().toArray();
        Histogram histogram = new Histogram(3);
        for (long value : values) {
            histogram.recordValue(value);
        }
        for (double percent : new double[] {50, 90, 99, 99.9, 100}) {
            long exact = Percentile.of(percent).in(values);
            assertThat(histogram.valuesAreEquivalent(histogram.getValueAtPercentile(percent), exact))
                    .isTrue();
        }
    }

    @Test
    void isWrittenAsPeopleDo() {
        assertThat(Percentile.of(99)).hasToString("99");
        assertThat(Percentile.of(99.90)).hasToString("99.9");
        assertThat(Percentile.of(100)).hasToString("100");
    }
}
