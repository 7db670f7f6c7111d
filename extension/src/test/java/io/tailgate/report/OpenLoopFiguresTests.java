/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.measure.Measurement;
import io.tailgate.measure.OpenLoop;
import io.tailgate.plan.ArrivalRate;
import io.tailgate.verdict.Outcome;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** 1,000 iterations of 1 ms at 200/s, the last 40 of which had to wait for 30 ms; 10 more were not run. */
class OpenLoopFiguresTests {

    private static final int N = 1_000;
    private static final long MS = 1_000_000;

    private final TestReport report = Invented.report(Invented.LOOKUP, measured(), Outcome.FAIL);

    @Test
    void areInTheRecord() {
        String json =
                JsonReport.render(report, LatencyFigures.of(report.measured())).replaceAll("\\s+", "");
        assertThat(json)
                .contains("\"openLoop\":{\"rate\":\"200/spoisson\",\"perSecond\":200,\"spacing\":\"poisson(seed1)\",")
                .contains("\"serviceNs\":{\"n\":1000,\"p50\":1000000,\"p90\":1000000,\"p99\":1000000,")
                .contains("\"lagNs\":{\"n\":1000,\"p50\":2000,")
                .contains("\"delayed\":40,\"delayedFromNs\":500000,\"notRun\":10,\"utilisation\":0.2}");
    }

    @Test
    void areInTheMessage() {
        assertThat(FailureMessage.text(report, "page"))
                .contains(
                        "open loop at 200/s poisson, poisson (seed 1) spacing: utilisation 20 %,"
                                + " 40 of 1,000 iterations began 500 us late or more, 10 were not run; service time p50 1.00 ms,"
                                + " p99 1.00 ms, max 1.00 ms; generator's lag p50 2.00 us, p99 2.00 us, max 2.00 us, n = 1,000");
        assertThat(FailureMessage.text(Invented.report(Invented.LOOKUP, measured(), Outcome.PASS), "page"))
                .contains("; open loop at 200/s");
    }

    @Test
    void areOnThePage() {
        assertThat(HtmlReport.render(report, LatencyFigures.of(report.measured())))
                .contains("Open loop", "the generator&#39;s own lag", "service time, from the start to the end");
    }

    @Test
    void areNoneOfAClosedLoop() {
        TestReport closed = Invented.report(Outcome.FAIL);
        assertThat(OpenLoopFigures.of(closed.measured())).isEmpty();
        assertThat(JsonReport.render(closed, LatencyFigures.of(closed.measured())))
                .containsPattern("\"openLoop\"\\s*:\\s*null");
        assertThat(FailureMessage.text(closed, "page")).doesNotContain("open loop");
    }

    private static Measurement measured() {
        long[] service = new long[N];
        long[] lag = new long[N];
        long[] response = new long[N];
        Arrays.fill(service, MS);
        Arrays.fill(lag, 2_000);
        Arrays.setAll(response, i -> MS + 2_000 + (i < N - 40 ? 0 : 30 * MS));
        OpenLoop loop =
                new OpenLoop(new ArrivalRate("200/s poisson", 5 * MS, true, 1), service, lag, new int[] {N}, 10);
        return Invented.inventing(response).openLoop(loop).build();
    }
}
