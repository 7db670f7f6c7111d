/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuickIterationsTests {

    private static final long MEDIAN_NS = 100;
    private static final long READ_NS = 300;
    private static final long GAP_NS = 20;

    private final QuickIterations quick = QuickIterations.beside(MEDIAN_NS, READ_NS);
    private long now = Long.MAX_VALUE - 5_000; // soon overflows, as nanoTime may
    private int reads;

    QuickIterationsTests() {
        quick.begin(now);
    }

    @Test
    void areReadOnceIn64() {
        for (int i = 0; i < 640; i++) {
            iterate(GAP_NS, MEDIAN_NS, 0);
        }
        assertThat(reads).isEqualTo(10);
    }

    @Test
    void areNoneThatHadTimeForAFault() {
        iterate(GAP_NS, MEDIAN_NS, 0);
        assertThat(iterate(GAP_NS, MEDIAN_NS + READ_NS - GAP_NS - 1, 0)).isFalse();
        assertThat(iterate(GAP_NS, MEDIAN_NS + READ_NS - GAP_NS, 0)).isTrue();
    }

    @Test
    void areNoneThatHadSomethingBeforeThem() {
        iterate(GAP_NS, MEDIAN_NS, 0);
        assertThat(iterate(READ_NS, MEDIAN_NS, 0)).isTrue();
    }

    @Test
    void areThoseBeforeWhichTheCountersWereRead() {
        assertThat(iterate(GAP_NS, READ_NS + MEDIAN_NS, 0)).as("just begun").isTrue();
        assertThat(iterate(GAP_NS, MEDIAN_NS, 0)).as("READ_NS after that").isFalse();
    }

    @Test
    void areMeasuredAgainstTheShortestAndNotAgainstTheWarmUp() {
        iterate(0, 10, 0);
        assertThat(iterate(0, 10 + READ_NS - 1, 0)).isFalse();
        assertThat(iterate(0, 10 + READ_NS, 0)).isTrue();
    }

    @Test
    void areNoneOfThoseBesideWhichAReadIsCheap() {
        QuickIterations cheap = QuickIterations.beside(10 * READ_NS, READ_NS);
        cheap.begin(0);
        assertThat(cheap.mayWait(0, 1)).isFalse();
        assertThat(cheap.areWaiting()).isFalse();
    }

    @Test
    void areNoneWithoutAWarmUp() {
        QuickIterations unknown = QuickIterations.beside(0, READ_NS);
        unknown.begin(0);
        assertThat(unknown.mayWait(0, 1)).isFalse();
    }

    @Test
    void areNoneAnyMoreWhenTheyHadFaultsAfterAll() {
        for (int i = 0; i < QuickIterations.MOST_UNREAD; i++) {
            assertThat(iterate(GAP_NS, MEDIAN_NS, 0)).isFalse();
        }
        assertThat(iterate(GAP_NS, MEDIAN_NS, 3)).isTrue();
        assertThat(iterate(GAP_NS, MEDIAN_NS, 0)).isTrue();
    }

    @Test
    void areStillSomeAfterAnInterruptionOfTheRead() {
        for (int i = 0; i < QuickIterations.MOST_UNREAD; i++) {
            iterate(GAP_NS, MEDIAN_NS, 0);
        }
        assertThat(iterate(GAP_NS, MEDIAN_NS, 2)).isTrue();
        assertThat(iterate(GAP_NS, MEDIAN_NS, 0)).isFalse();
    }

    @Test
    void areStillSomeAfterASlowOneWithFaults() {
        assertThat(iterate(GAP_NS, 50 * READ_NS, 40)).isTrue();
        assertThat(iterate(GAP_NS, MEDIAN_NS, 0)).isFalse();
    }

    /** Runs one iteration; returns whether it was read, and then took the time of that, too. */
    private boolean iterate(long gapNs, long latencyNs, long faults) {
        now += gapNs;
        long start = now;
        now += latencyNs;
        if (quick.mayWait(start, now)) {
            return false;
        }
        reads++;
        quick.read(new long[] {0, 0, 0, 0}, new long[] {faults, 0, 0, 0});
        now += READ_NS;
        return true;
    }
}
