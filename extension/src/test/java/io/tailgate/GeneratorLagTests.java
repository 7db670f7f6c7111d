/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.measure.InventedMeasurement;
import io.tailgate.measure.Measurement;
import io.tailgate.measure.OpenLoop;
import io.tailgate.measure.Waits;
import io.tailgate.plan.ArrivalRate;
import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.TailTest;
import io.tailgate.verdict.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 1,000 iterations of 1 ms at 100/s, limit 2 ms; every 20th is slow. */
class GeneratorLagTests {

    private static final long MS = 1_000_000;
    private static final int N = 1_000;
    private static final List<LatencyBound> BOUNDS =
            List.of(new LatencyBound(99, new Limit.AtMost(Duration.ofMillis(2)), 0.99, 1));

    private final long[] serviceNs = filled(MS);
    private final long[] lagNs = filled(1_000);
    private final int[] collections = new int[N];

    @Test
    void aSlowTestFails() {
        every20th(serviceNs, 5 * MS);
        assertThat(judged(Waits.UNKNOWN).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void aTestThatAlwaysBeganLateCannotBeJudged() {
        every20th(lagNs, 4 * MS);
        Verdict judged = judged(Waits.UNKNOWN);
        assertThat(judged.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judged.bounds().get(0).reason())
                .contains("the generator of the open loop was itself late, by 4,000.0 us at p99", "n = 1,000")
                .endsWith("without that 0 of 1,000 were slower, which is no FAIL");
        assertThat(GeneratorLag.remarks(loop(), judged.bounds()))
                .singleElement()
                .asString()
                .contains("not small beside the limit of 2,000.0 us");
    }

    @Test
    void aCollectionThatMadeItLateIsTheTestsOwn() {
        every20th(lagNs, 4 * MS);
        for (int i = 0; i < N; i += 20) {
            collections[i] = 1;
        }
        assertThat(judged(Waits.UNKNOWN).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void waitsForACpuAreTakenOffToo() {
        every20th(serviceNs, 5 * MS);
        int[] slow = new int[N / 20];
        long[] waited = new long[N / 20];
        Arrays.setAll(slow, i -> 20 * i);
        Arrays.fill(waited, 4 * MS);
        assertThat(judged(new Waits(true, slow, waited)).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        Arrays.fill(waited, MS);
        assertThat(judged(new Waits(true, slow, waited)).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void aSmallLagIsNotMentioned() {
        Verdict judged = judged(Waits.UNKNOWN);
        assertThat(judged.outcome()).isEqualTo(Outcome.PASS);
        assertThat(GeneratorLag.remarks(loop(), judged.bounds())).isEmpty();
    }

    private Verdict judged(Waits waits) {
        long[] responseNs = new long[N];
        Arrays.setAll(responseNs, i -> serviceNs[i] + lagNs[i]);
        Measurement measured = InventedMeasurement.of(responseNs)
                .collections(collections)
                .waits(waits)
                .openLoop(loop())
                .build();
        return Disturbance.judge(measured, latencies -> TailTest.judge(latencies, BOUNDS));
    }

    private OpenLoop loop() {
        return new OpenLoop(new ArrivalRate("100/s", 10 * MS, false, 1), serviceNs, lagNs, new int[] {N}, 0);
    }

    private static long[] filled(long ns) {
        long[] all = new long[N];
        Arrays.fill(all, ns);
        return all;
    }

    private static void every20th(long[] values, long ns) {
        for (int i = 0; i < N; i += 20) {
            values[i] = ns;
        }
    }
}
