/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.CounterReader;
import io.tailgate.measure.CanaryTimes;
import io.tailgate.measure.InventedMeasurement;
import io.tailgate.measure.Measurement;
import io.tailgate.measure.Noise;
import io.tailgate.measure.Waits;
import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.TailTest;
import io.tailgate.verdict.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** 1,000 iterations of 1 ms, limit 2 ms; every 20th takes 5 ms. */
class DisturbanceTests {

    private static final long MS = 1_000_000;
    private static final int[] SLOW = IntStream.range(0, 50).map(i -> 20 * i).toArray();
    private static final List<LatencyBound> BOUNDS =
            List.of(new LatencyBound(99, new Limit.AtMost(Duration.ofMillis(2)), 0.99, 1));

    @Test
    void aSlowTestFails() {
        assertThat(judged(Waits.UNKNOWN).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(judged(waiting(MS)).outcome()).isEqualTo(Outcome.FAIL); // 4 ms are its own
    }

    @Test
    void aTestThatWaitedForACpuCannotBeJudged() {
        Verdict judged = judged(waiting(4 * MS));

        assertThat(judged.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judged.bounds().get(0).reason())
                .contains("50 of 1,000 iterations waited 200.0 ms in all, 4.0 ms at most")
                .endsWith("without that 0 of 1,000 were slower, which is no FAIL");
    }

    @Test
    void waitsExcuseNobodyElse() {
        int[] fast = Arrays.stream(SLOW).map(slow -> slow + 1).toArray();

        assertThat(judged(new Waits(true, fast, ns(4 * MS))).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void aSlowCpuExcusesWorkAndNoSleep() {
        double[] at = IntStream.range(0, 100).mapToDouble(i -> i / 100.0).toArray();
        long[] thrice = new long[100];
        Arrays.fill(thrice, 60_000);
        Noise slowCpu = new Noise(Waits.UNKNOWN, new CanaryTimes(20_000, at, thrice), null);
        int[] asleep = new int[1_000 * CounterReader.FIELDS];
        Arrays.stream(SLOW).forEach(i -> asleep[i * CounterReader.FIELDS + CounterReader.VOLUNTARY_SWITCHES] = 1);

        assertThat(judged(slowCpu, new int[asleep.length]).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judged(slowCpu, asleep).outcome()).isEqualTo(Outcome.FAIL);
    }

    private static Waits waiting(long ns) {
        return new Waits(true, SLOW, ns(ns));
    }

    private static long[] ns(long each) {
        long[] ns = new long[SLOW.length];
        Arrays.fill(ns, each);
        return ns;
    }

    private static Verdict judged(Waits waits) {
        return judged(new Noise(waits, null, null), new int[0]);
    }

    private static Verdict judged(Noise noise, int[] counters) {
        long[] latencyNs = new long[1_000];
        Arrays.fill(latencyNs, MS);
        Arrays.stream(SLOW).forEach(i -> latencyNs[i] = 5 * MS);
        Measurement measured = InventedMeasurement.of(latencyNs)
                .counters(counters)
                .noise(noise)
                .build();
        return Disturbance.judge(measured, latencies -> TailTest.judge(latencies, BOUNDS));
    }
}
