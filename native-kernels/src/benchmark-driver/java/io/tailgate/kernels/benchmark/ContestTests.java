/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.kernels.Precision;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ContestTests {

    private static final float[] REFERENCE = {1, 2, 3};

    /** Counts what is done to it. */
    private static final class FakeContestant implements Timed {
        private final String name;
        private int runs;
        private boolean closed;

        FakeContestant(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void run() {
            runs++;
        }

        @Override
        public Map<String, String> settings() {
            return Map.of("cpus", "0,1");
        }

        @Override
        public OptionalDouble ownOperations() {
            return name.equals("peak") ? OptionalDouble.of(7) : OptionalDouble.empty();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final FakeContestant right = new FakeContestant("right");
    private final FakeContestant wrong = new FakeContestant("wrong");

    @Test
    void refusesByNameWhoComputesSomethingElse() {
        try (Contest contest = new Contest(Precision.FP32)) {
            contest.enter(Maker.OURS, () -> right);
            contest.enter(Maker.ONEDNN, () -> wrong);
            contest.check(right, () -> new float[] {1, 2, 3}, REFERENCE);
            contest.check(wrong, () -> new float[] {3, 2, 1}, REFERENCE);
            assertThat(contest.contestants()).containsExactly(right);
            assertThat(wrong.closed).isTrue();
            ScenarioResult result = result(contest, List.of(List.of(5.0)));
            assertThat(result.refused())
                    .containsExactly("wrong computes something else: cosine 0.71429, worst difference 0.926 root mean "
                            + "squares");
            assertThat(result.measured()).extracting(Measured::name).containsExactly("right");
        }
        assertThat(right.closed).isTrue();
    }

    @Test
    void refusesWhatIsNotANumber() {
        try (Contest contest = new Contest(Precision.INT8)) {
            contest.enter(Maker.ONEDNN, () -> wrong);
            contest.check(wrong, () -> new float[] {1, Float.NaN, 3}, REFERENCE);
            assertThat(contest.contestants()).isEmpty();
        }
    }

    @Test
    void leavesOutWithAReasonWhoCannotRunHere() {
        try (Contest contest = new Contest(Precision.FP32)) {
            contest.enter(Maker.OURS, () -> {
                throw new UnsupportedOperationException("no AVX-512 here");
            });
            assertThat(result(contest, List.of()).remarks()).containsExactly("left out: no AVX-512 here");
        }
    }

    @Test
    void reportsSettingsAndTheOperationsOfEach() {
        try (Contest contest = new Contest(Precision.FP32)) {
            contest.operations(3);
            contest.enter(Maker.OURS, () -> right);
            contest.enter(Maker.PEAK, () -> new FakeContestant("peak"));
            ScenarioResult result = result(contest, List.of(List.of(1.0), List.of(2.0)));
            assertThat(result.measured()).extracting(Measured::operations).containsExactly(3.0, 7.0);
            assertThat(result.measured().get(0).settings()).containsEntry("cpus", "0,1");
        }
    }

    private static ScenarioResult result(Contest contest, List<List<Double>> times) {
        return contest.result(FakeScenario.named("x"), "X", false, times);
    }

    @Test
    void timesAllInTurnAfterARoundToWarmUp() {
        List<List<Double>> times = RoundRobin.time(List.of(right, wrong), 2);
        assertThat(times).hasSize(2).allSatisfy(each -> assertThat(each).hasSize(2));
        assertThat(right.runs).isEqualTo(3);
        assertThat(wrong.runs).isEqualTo(3);
    }
}
