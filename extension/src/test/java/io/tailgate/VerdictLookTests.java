/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.measure.Stopping;
import io.tailgate.measure.Waits;
import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.TailTest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VerdictLookTests {

    private static final int N = 1_000;
    private static final List<LatencyBound> BOUNDS =
            List.of(new LatencyBound(99, new Limit.AtMost(Duration.ofNanos(10)), 0.95, 1));

    private final VerdictLook look = new VerdictLook(BOUNDS);

    private static long[] everySlow(int distance) {
        return LongStream.range(0, N).map(i -> i % distance == 1 ? 20 : 5).toArray();
    }

    private static Waits waitsOf(long[] latencyNs) {
        int[] slow = IntStream.range(0, N).filter(i -> latencyNs[i] > 10).toArray();
        return new Waits(true, slow, IntStream.of(slow).mapToLong(i -> 15).toArray());
    }

    @Test
    void isSureOfAPassAndOfAFail() {
        assertThat(look.isSure(everySlow(N), Waits.UNKNOWN)).isTrue();
        assertThat(look.isSure(everySlow(15), Waits.UNKNOWN)).isTrue();
        assertThat(look.isSure(everySlow(90), Waits.UNKNOWN)).isFalse();
    }

    @Test
    void isNotSureOfAFailThatTheMachineMayHaveCaused() {
        assertThat(look.isSure(everySlow(15), waitsOf(everySlow(15)))).isFalse();
    }

    @Test
    void leavesTheJudgementAtTheEndWhatTheLooksDidNotHave() {
        long[] latencyNs = LongStream.range(0, 320).map(i -> 5).toArray(); // 299 pass with the whole error
        Stopping whole = Stopping.unlooked("");
        assertThat(VerdictLook.judge(latencyNs, BOUNDS, whole, TailTest::judge).outcome())
                .isEqualTo(Outcome.PASS);
        Stopping rest = new Stopping(3, false, 0.25, "");
        assertThat(VerdictLook.judge(latencyNs, BOUNDS, rest, TailTest::judge).outcome())
                .isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void doesNotLookWhereNothingCanBeSure() {
        assertThat(VerdictLook.at(BOUNDS)).isEqualTo(look);
        assertThat(VerdictLook.at(List.of())).isNull();
    }
}
