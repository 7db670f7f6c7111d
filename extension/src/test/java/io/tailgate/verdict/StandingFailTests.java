/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StandingFailTests {

    private static final List<LatencyBound> BOUNDS = List.of(
            new LatencyBound(99, new Limit.AtMost(Duration.ofNanos(5_000)), 0.99, 1),
            new LatencyBound(90, new Limit.AtMost(Duration.ofNanos(50)), 0.99, 1));

    @Test
    void aFailThatIsNoneWithoutTheDisturbanceIsInconclusiveAndSaysWhy() {
        Verdict judged = StandingFail.of(run(60, 9_000), run(60, 2_000), "60 waited 420 us");

        assertThat(judged.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        BoundVerdict bound = judged.bounds().get(0);
        assertThat(bound.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(bound.reason())
                .contains("60 of 1,000", "machine was disturbed: 60 waited 420 us", "without that 0 of 1,000");
        assertThat(bound.exceedances()).isEqualTo(60);
        assertThat(judged.bounds().get(1).outcome()).isEqualTo(Outcome.PASS);
        assertThat(judged.remarks()).isEmpty();
    }

    @Test
    void aFailThatIsOneWithoutTheDisturbanceTooStands() {
        Verdict judged = run(60, 9_000);

        assertThat(StandingFail.of(judged, run(50, 8_000), "some waited")).isEqualTo(judged);
    }

    @Test
    void oneBoundThatFailsAnywayFailsTheWhole() {
        Verdict judged = StandingFail.of(run(200, 9_000), run(200, 2_000), "some waited");

        assertThat(judged.bounds())
                .extracting(BoundVerdict::outcome)
                .containsExactly(Outcome.INCONCLUSIVE, Outcome.FAIL);
        assertThat(judged.outcome()).isEqualTo(Outcome.FAIL);
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void nothingElseEverBecomesBetter(Outcome found) {
        int slow = found == Outcome.PASS ? 0 : found == Outcome.FAIL ? 60 : 10;
        Verdict judged = run(slow, 9_000);
        assertThat(judged.outcome()).isEqualTo(found);

        Outcome after = StandingFail.of(judged, run(0, 0), "much").outcome();

        assertThat(after).isEqualTo(found == Outcome.FAIL ? Outcome.INCONCLUSIVE : found);
    }

    @Test
    void aFailThatASecondRunDoesNotRepeatIsInconclusiveAndNamesBoth() {
        Verdict judged = StandingFail.confirmed(run(60, 9_000), run(10, 9_000), "in a fresh process");

        assertThat(judged.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(judged.bounds().get(0).reason())
                .contains("60 of 1,000", "second run in a fresh process", "is INCONCLUSIVE", "10 of 1,000");
    }

    @Test
    void aFailThatASecondRunRepeatsStands() {
        assertThat(StandingFail.confirmed(run(60, 9_000), run(70, 9_000), "again")
                        .outcome())
                .isEqualTo(Outcome.FAIL);
    }

    /** 1,000 iterations of 10 ns, {@code slow} of them slow in turn. */
    private static Verdict run(int slow, long ns) {
        long[] latencyNs = new long[1_000];
        Arrays.fill(latencyNs, 10);
        for (int i = 0; i < slow; i++) {
            latencyNs[i * (1_000 / slow)] = ns;
        }
        return TailTest.judge(latencyNs, BOUNDS);
    }
}
