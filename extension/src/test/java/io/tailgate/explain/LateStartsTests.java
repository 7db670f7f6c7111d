/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tailgate.measure.InventedMeasurement;
import io.tailgate.measure.OpenLoop;
import io.tailgate.plan.ArrivalRate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** An open loop of 1 ms at 100/s: one iteration of 45 ms, four behind it; then a generator that is late by 30 ms, three behind it. */
class LateStartsTests {

    private static final long MS = 1_000_000;
    private static final int N = 1_000;

    @Test
    void tellsTheSlowIterationFromThoseThatWaitedForItAndThoseThatBeganLate() {
        long[] service = new long[N];
        long[] lag = new long[N];
        Arrays.fill(service, MS);
        service[500] = 45 * MS;
        lag[600] = 30 * MS;
        OpenLoop loop = new OpenLoop(new ArrivalRate("100/s", 10 * MS, false, 1), service, lag, new int[] {N}, 0);
        long[] response = loop.promptNs(i -> lag[i], service);
        Explanation why = Explainer.explain(
                InventedMeasurement.of(response).openLoop(loop).build(), new BalancingEvidence("0", 0, false));
        assertThat(why.causes())
                .extracting(CauseShare::cause, CauseShare::slowIterations)
                .containsExactlyInAnyOrder(
                        tuple(Cause.BACKLOG, 7L), tuple(Cause.UNEXPLAINED, 1L), tuple(Cause.GENERATOR_LAG, 1L));
        assertThat(why.causes().get(0).evidence()).contains("waited 17,428.6 us", "(n = 7)");
    }
}
