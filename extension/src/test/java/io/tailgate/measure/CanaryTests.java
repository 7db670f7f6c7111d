/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.FakeMachine;
import io.tailgate.measure.CanaryTimes.Log;
import io.tailgate.measure.Noise.Hiccups;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CanaryTests {

    private static final long QUIET = 20_000;

    @Test
    void aQuietCpuIsNeverSlow() {
        CanaryTimes times = times(100, i -> QUIET + 50L * (i % 7));

        assertThat(times.slow()).isZero();
        assertThat(times.slowParts()).isZero();
        assertThat(times.takenOff(new long[] {5, 6, 7}, i -> false)).containsExactly(5, 6, 7);
    }

    @Test
    void aSlowPartOfTheRunIsToldAndTakenOffThere() {
        CanaryTimes times = times(200, i -> i >= 100 ? 2 * QUIET : QUIET);

        assertThat(times.slowdowns()).hasSize(20);
        assertThat(times.slowParts()).isEqualTo(10);
        assertThat(times.slow()).isEqualTo(100);
        assertThat(times.takenOff(new long[] {10, 10, 10, 10}, i -> false)).containsExactly(10, 10, 5, 5);
        assertThat(times.takenOff(new long[] {10, 10, 10, 10}, i -> i == 3)).containsExactly(10, 10, 5, 10);
    }

    @Test
    void singleTimesThatWerePreemptedMakeNoPartSlow() {
        CanaryTimes times = times(100, i -> i % 5 == 0 ? 4_000_000 : QUIET);

        assertThat(times.slow()).isEqualTo(20);
        assertThat(times.slowParts()).isZero();
        assertThat(times.percentile(99)).isEqualTo(4_000_000);
    }

    @Test
    void aMachineThatWasBusyWhenCalibratedIsComparedWithItsQuietTime() {
        CanaryTimes times = times(3 * QUIET, 200, i -> i < 100 ? 3 * QUIET : QUIET);

        assertThat(times.slowParts()).isEqualTo(10);
    }

    @Test
    void tooFewTimesSayNothing() {
        assertThat(times(9, i -> 9 * QUIET).slowParts()).isZero();
    }

    @Test
    void longRunsAreHeardMoreSeldom() {
        Log log = new Log(QUIET);
        for (int i = 0; i < 40_000; i++) {
            log.add(i, QUIET + i);
        }
        Recording recording = Recording.ofExactly(1, false);
        assertThat(log.thinning()).isEqualTo(8); // full at 16,384, then after each 8,192 more
        assertThat(recording.canary()).isNull();
        CanaryTimes.Recorded recorded = new CanaryTimes.Recorded(log, 40_000);
        assertThat(recorded.at().count()).isLessThan(1 << 14);
        assertThat(recorded.at().boxed().toList()).isSorted();
    }

    @Test
    void takesAHundredthOfTheTime() {
        Canary canary = Canary.calibrated();
        Recording recording = Recording.ofExactly(1, false);
        boolean first = canary.isDue(0);
        canary.run(recording, 0);
        boolean atOnce = canary.isDue(1_000_000);
        boolean later = canary.isDue(2_000_001);

        assertThat(List.of(first, atOnce, later)).containsExactly(true, false, true);
    }

    /** Unless the CPU itself gets faster or slower just then, as it is to tell: so one of several is right. */
    @Test
    void takesAboutAsLongEachTime() {
        assertThat(LongStream.generate(CanaryTests::quickTimeOfANewOne).limit(20))
                .anySatisfy(ns -> assertThat((double) ns).isCloseTo(QUIET, within(0.5 * QUIET)));
    }

    private static long quickTimeOfANewOne() {
        Canary canary = Canary.calibrated();
        Recording recording = Recording.ofExactly(1, false);
        for (int i = 0; i < 60; i++) {
            canary.run(recording, i * 2_000_001L);
        }
        CanaryTimes times = CanaryTimes.together(List.of(recording));
        return times == null ? 0 : times.percentile(10); // null: it was calibrated anew at the very end
    }

    @Test
    void hiccupsAreHeardOnASpareCpuAndNowhereElse() throws InterruptedException {
        assertThat(HiccupProbe.start(new FakeMachine(), null)).isNull();

        Hiccups heard;
        long begin = System.nanoTime();
        try (HiccupProbe probe = Objects.requireNonNull(HiccupProbe.start(new FakeMachine(), CpuSet.parse("4-5")))) {
            for (int i = 0; i < 10_000 && probe.sleeps() < 10; i++) {
                Thread.sleep(3);
            }
            heard = Objects.requireNonNull(probe.end());
        }

        assertThat(heard.cpu()).isEqualTo(5);
        assertThat(heard.n()).isBetween(9L, (System.nanoTime() - begin) / 1_000_000);
        assertThat(heard.maxNs()).isGreaterThanOrEqualTo(heard.p99Ns()).isPositive();
    }

    private static CanaryTimes times(int n, IntToLongFunction ns) {
        return times(QUIET, n, ns);
    }

    private static CanaryTimes times(long calibratedNs, int n, IntToLongFunction ns) {
        double[] at = IntStream.range(0, n).mapToDouble(i -> (double) i / n).toArray();
        long[] times = new long[n];
        Arrays.setAll(times, ns);
        return new CanaryTimes(calibratedNs, at, times);
    }
}
