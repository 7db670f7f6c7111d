/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit.TimesBaseline;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What a comparison finds, by simulation; prints the table of {@code docs/paired.md}. With
 * {@code -Dtailgate.calibration.whole=true}: it takes some minutes.
 *
 * <p>A body of 50 us of which 2 % are slow, in bursts, by 50 us and an exponential amount of mean 100 us; the candidate's
 * tail is a multiple of that.
 */
@EnabledIfSystemProperty(named = "tailgate.calibration.whole", matches = "true")
class PairedPowerTests {

    private static final int RUNS = 60;
    private static final int[] PAIRS = {5_000, 10_000, 30_000};
    private static final double[] TAILS = {1, 1.5, 2};

    @Test
    void identicalCodeNeverFailsAndTwiceTheTailNearlyAlwaysDoes() {
        System.out.printf(
                Locale.ROOT, "| pairs | bursts | tail | FAIL at 1 x | PASS at 1.5 x |%n|--:|--:|--:|--:|--:|%n");
        for (int pairs : PAIRS) {
            for (int burst : new int[] {1, 3}) {
                for (double tail : TAILS) {
                    double fails = share(Outcome.FAIL, 1, pairs, burst, tail);
                    double passes = share(Outcome.PASS, 1.5, pairs, burst, tail);
                    System.out.printf(
                            Locale.ROOT,
                            "| %,d | %d | %.1f x | %.1f %% | %.1f %% |%n",
                            pairs,
                            burst,
                            tail,
                            100 * fails,
                            100 * passes);
                    assertThat(tail == 1 ? fails : tail > 1.5 ? passes : 0).isZero();
                    assertThat(tail >= 2 && pairs >= (burst == 1 ? 10_000 : 30_000) ? fails : 1)
                            .isGreaterThanOrEqualTo(0.95);
                }
            }
        }
    }

    private static double share(Outcome outcome, double factor, int pairs, int burst, double tail) {
        LatencyBound bound = new LatencyBound(99, new TimesBaseline(factor), 0.99, 3);
        int found = 0;
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(run);
            long[] baseline = latencies(random, pairs, burst, 1);
            long[] candidate = latencies(random, pairs, burst, tail);
            found += PairedTest.judge(baseline, candidate, List.of(bound), 1).outcome() == outcome ? 1 : 0;
        }
        return (double) found / RUNS;
    }

    private static long[] latencies(Random random, int n, int burst, double tail) {
        long[] latencies = new long[n];
        boolean slow = false;
        for (int i = 0; i < n; i++) {
            slow = slow ? random.nextDouble() >= 1.0 / burst : random.nextDouble() < 0.02 / burst;
            double extra = slow ? 50_000 - 100_000 * Math.log(1 - random.nextDouble()) : 0;
            latencies[i] = (long) ((50_000 + random.nextInt(5_000) + extra) * (slow ? tail : 1));
        }
        return latencies;
    }
}
