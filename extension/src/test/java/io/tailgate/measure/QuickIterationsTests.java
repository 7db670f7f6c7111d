/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuickIterationsTests {

    private static final long MEDIAN_NS = 100;
    private static final long READ_NS = 300;

    private final QuickIterations quick = QuickIterations.beside(MEDIAN_NS, READ_NS);

    @Test
    void readIsPaidOnceIn64QuickIterations() {
        long paid = IntStream.range(0, 640).filter(i -> quick.pays(MEDIAN_NS)).count();
        assertThat(paid).isEqualTo(10);
    }

    @Test
    void anIterationThatMayHaveHadAFaultIsAlwaysPaid() {
        assertThat(quick.pays(MEDIAN_NS + READ_NS - 1)).isFalse();
        assertThat(quick.pays(MEDIAN_NS + READ_NS)).isTrue();
        assertThat(quick.pays(MEDIAN_NS + READ_NS)).isTrue();
    }

    @Test
    void whatIsCheapBesideTheMedianIsAlwaysPaid() {
        assertThat(QuickIterations.beside(10 * READ_NS, READ_NS).pays(1)).isTrue();
    }

    @Test
    void withoutAWarmUpEveryReadIsPaid() {
        assertThat(QuickIterations.beside(0, READ_NS).pays(1)).isTrue();
    }

    @Test
    void quickIterationsThatFaultEndTheSavings() {
        skipToARead();
        quick.read(new long[] {0, 0, 0, 0}, new long[] {3, 0, 0, 0});
        assertThat(quick.pays(MEDIAN_NS)).isTrue();
    }

    @Test
    void anInterruptionBetweenQuickIterationsDoesNot() {
        skipToARead();
        quick.read(new long[] {0, 0, 0, 0}, new long[] {1, 0, 0, 1});
        assertThat(quick.pays(MEDIAN_NS)).isFalse();
    }

    @Test
    void faultsOfASlowIterationDoNot() {
        assertThat(quick.pays(50 * READ_NS)).isTrue();
        quick.read(new long[] {0, 0, 0, 0}, new long[] {40, 0, 0, 0});
        assertThat(quick.pays(MEDIAN_NS)).isFalse();
    }

    private void skipToARead() {
        for (int i = 0; i < QuickIterations.MOST_UNREAD; i++) {
            assertThat(quick.pays(MEDIAN_NS)).isFalse();
        }
        assertThat(quick.pays(MEDIAN_NS)).isTrue();
    }
}
