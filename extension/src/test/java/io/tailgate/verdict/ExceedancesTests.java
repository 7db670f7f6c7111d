/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class ExceedancesTests {

    private static final long LIMIT = 100;

    @Test
    void areCountedAndSoAreTheirRuns() {
        Exceedances seen = Exceedances.of(new long[] {101, 100, 101, 101, 101, 1, 101}, LIMIT);
        assertThat(seen).isEqualTo(new Exceedances(7, 5, 3, 3, 1));
        assertThat(of(50, i -> false)).isEqualTo(new Exceedances(50, 0, 0, 0, 1));
        assertThat(of(50, i -> true)).isEqualTo(new Exceedances(50, 50, 1, 50, 1));
    }

    @Test
    void areLookedAtInPartsThatAreLongEnough() {
        assertThat(Exceedances.partsOf(99)).isZero();
        assertThat(Exceedances.partsOf(100)).isEqualTo(10);
        assertThat(Exceedances.partsOf(199)).isEqualTo(10);
        assertThat(Exceedances.partsOf(200)).isEqualTo(20);
    }

    /** Parts of 10 have 5, 5, 5, 5 and 16 times 0; pairs 10, 10 and 8 times 0: that is the larger dispersion. */
    @Test
    void varyMoreThanIndependentOnesWhereAPeriodHasThemAll() {
        Exceedances seen = of(200, i -> i < 40 && i % 2 == 0);
        double variance = (2 * 64 + 8 * 4) / 9.0;
        double independent = 2 * (1 - 2 / 20.0);
        assertThat(seen.dispersion()).isCloseTo(variance / independent, within(1e-12));
        assertThat(seen.effective()).isCloseTo(20 / (variance / independent), within(1e-12));
    }

    @Test
    void varyNoLessThanIndependentOnesWhateverTheirPlaces() {
        assertThat(of(1_000, i -> i % 10 == 0).dispersion()).isOne();
        assertThat(of(1_000, i -> true).dispersion()).isOne();
        assertThat(of(99, i -> i < 10).dispersion()).as("no parts").isOne();
        assertThat(of(100, i -> i < 10).dispersion()).as("pairs alone").isGreaterThan(10);
    }

    @Test
    void inWhatIsLeftOverBehindTheLastPartAreInNone() {
        assertThat(of(219, i -> i >= 200)).isEqualTo(new Exceedances(219, 19, 1, 19, 1));
    }

    @Test
    void areMoreBurstsThanRunsWhereChanceJoinsThem() {
        assertThat(new Exceedances(1_000, 10, 10, 1, 1).separateBursts()).isEqualTo(10);
        assertThat(new Exceedances(100, 50, 25, 9, 1).separateBursts()).isEqualTo(50);
        assertThat(new Exceedances(100, 50, 20, 9, 1).separateBursts()).isEqualTo(40);
        assertThat(new Exceedances(100, 100, 1, 100, 1).separateBursts()).isEqualTo(100);
    }

    @Test
    void ofALongerRunKeepTheirShareAndTheirRuns() {
        Exceedances seen = new Exceedances(1_000, 12, 6, 3, 2.5);
        assertThat(seen.scaledTo(10_000, 0.01)).isEqualTo(new Exceedances(10_000, 120, 60, 3, 2.5));
        assertThat(seen.scaledTo(1_000, 0.01)).isSameAs(seen);
        assertThat(new Exceedances(1_000, 0, 0, 0, 1).scaledTo(5_000, 0.01))
                .isEqualTo(new Exceedances(5_000, 0, 0, 0, 1));
    }

    @Test
    void areRoundedAwayFromTheAllowedShare() {
        assertThat(new Exceedances(1_000, 3, 3, 1, 1).scaledTo(500, 0.01).count())
                .isEqualTo(1);
        assertThat(new Exceedances(300, 4, 4, 1, 1).scaledTo(100, 0.01).count()).isEqualTo(2);
    }

    private static Exceedances of(int n, IntPredicate slow) {
        long[] latencyNs = new long[n];
        for (int i = 0; i < n; i++) {
            latencyNs[i] = slow.test(i) ? LIMIT + 1 : LIMIT;
        }
        return Exceedances.of(latencyNs, LIMIT);
    }
}
