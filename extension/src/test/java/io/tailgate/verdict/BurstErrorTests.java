/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Seeded simulations of iterations that are slow in bursts: a chain of two states, of which one is slow and left after S
 * iterations on average.
 *
 * <p>A share that may be 0.05 is accepted up to three standard deviations above it.
 */
class BurstErrorTests {

    private static final int RUNS = 1_000;
    private static final double ERROR = 0.05;
    private static final double ACCEPTED = ERROR + 3 * Math.sqrt(ERROR * (1 - ERROR) / RUNS);
    private static final Percentile P99 = Percentile.of(99);
    private static final double Q = 0.01;

    private final Map<Exceedances, Outcome> known = new HashMap<>();

    @ParameterizedTest
    @CsvSource({"300, 1", "300, 3", "300, 20", "1000, 1", "1000, 3", "1000, 20", "3000, 3", "10000, 1", "10000, 20"})
    void aShareAtTheLimitHardlyEverFails(int n, double size) {
        assertThat(share(Outcome.FAIL, n, Q, size)).isLessThan(ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({"300, 3", "1000, 1", "1000, 3", "3000, 3", "10000, 1", "10000, 3", "10000, 20"})
    void aShareAtTheLimitHardlyEverPassesUpToTheTolerance(int n, double size) {
        assertThat(share(Outcome.PASS, n, Q, size)).isLessThan(ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({"10000, 1, 0.999", "10000, 3, 0.6"})
    void aQuarterOfTheAllowedSharePasses(int n, double size, double power) {
        assertThat(share(Outcome.PASS, n, Q / 4, size)).isGreaterThan(power);
    }

    @ParameterizedTest
    @CsvSource({"10000, 5, 20", "10000, 5, 3", "1000, 3, 1"})
    void aShareFarAboveTheAllowedIsFound(int n, double times, double size) {
        assertThat(share(Outcome.FAIL, n, times * Q, size)).isGreaterThan(0.95);
    }

    private double share(Outcome outcome, int n, double share, double size) {
        SplittableRandom random = new SplittableRandom(n + (long) size);
        ShareTest test = new ShareTest(P99, ERROR, ERROR, 3);
        int seen = 0;
        for (int run = 0; run < RUNS; run++) {
            Exceedances slower = Exceedances.of(chain(n, share, size, random), 0);
            seen += known.computeIfAbsent(slower, it -> judged(test, it)) == outcome ? 1 : 0;
        }
        return (double) seen / RUNS;
    }

    private static Outcome judged(ShareTest test, Exceedances slower) {
        if (test.passes(slower)) {
            return Outcome.PASS;
        }
        return test.fails(slower) ? Outcome.FAIL : Outcome.INCONCLUSIVE;
    }

    private static long[] chain(int n, double share, double size, SplittableRandom random) {
        double entering = share / (size * (1 - share));
        boolean slow = random.nextDouble() < share;
        long[] latencies = new long[n];
        for (int i = 0; i < n; i++) {
            double u = random.nextDouble();
            slow = size == 1 ? u < share : slow ? u >= 1 / size : u < entering;
            latencies[i] = slow ? 1 : 0;
        }
        return latencies;
    }
}
