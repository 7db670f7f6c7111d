/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.FakeMachine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.Events;
import org.opentest4j.AssertionFailedError;

/** The parameters that Tailgate injects, beside those of others. */
class InjectionTests {

    private static final List<Object> SEEN = new ArrayList<>();

    @BeforeEach
    void startAfresh() {
        SEEN.clear();
        OnFakeMachine.machine = new FakeMachine();
    }

    @Test
    void injectsTheCpusWhereverTheyAreAskedFor() {
        Engine.succeeds(1, CpusTestCase.class);

        assertThat(SEEN).hasSize(4).containsOnly(CpuSet.parse("2-3"));
    }

    @Test
    void injectsTheCpusOfTheThreadIfNoneAreAllotted() {
        Engine.succeeds(1, UnpinnedTestCase.class);

        assertThat(SEEN).containsOnly(CpuSet.parse("0-7"));
    }

    @Test
    void saysThatTheConstructorKnowsNoMethod() {
        assertThat(Engine.thrown(Engine.run(ConstructorTestCase.class)))
                .hasRootCauseMessage(
                        "CpuSet in the constructor of [InjectionTests$ConstructorTestCase]: needs @PinnedNuma"
                                + " on the class; without, declare it in the test method");
    }

    @Test
    void measuresOnlyWhatTheStopwatchTimes() {
        Engine.succeeds(1, StopwatchTestCase.class);
        assertThat(Engine.thrown(Engine.run(WithoutStopwatchTestCase.class))).isInstanceOf(AssertionFailedError.class);
    }

    @Test
    void givesOneStopwatchToTheWholeTest() {
        Engine.succeeds(2, StopwatchFieldTestCase.class);
    }

    @Test
    void refusesAStopwatchThatIsUsedOutsideTheBody() {
        assertThat(Engine.thrown(Engine.run(EarlyStopwatchTestCase.class)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Stopwatch.start()");
    }

    @Test
    void leavesTheParametersOfOthersToThem() {
        Events events = Engine.run(OthersTestCase.class);

        events.assertStatistics(stats -> stats.succeeded(2));
        assertThat(SEEN).hasSize(2 * 12);
    }

    @Test
    void runsOnTheCpusThatItTold() {
        OnFakeMachine.machine.reservations().takenBy(77, CpuSet.of(1), 2); // and has gone when the test starts
        Engine.succeeds(1, CountedCpusTestCase.class);

        assertThat(SEEN).containsOnly(CpuSet.of(2));
        assertThat(OnFakeMachine.machine.log()).contains("pin 2");
    }

    @PinnedNuma(node = 0, cpuCount = 1)
    @ExtendWith(OnFakeMachine.class)
    static class CountedCpusTestCase {

        @BeforeEach
        void beforeEach(CpuSet cpus) {
            SEEN.add(cpus);
        }

        @Test
        void body(CpuSet cpus) {
            SEEN.add(cpus);
        }
    }

    @PinnedNuma(cpus = "2-3")
    @ExtendWith(OnFakeMachine.class)
    static class CpusTestCase {

        CpusTestCase(CpuSet cpus) {
            SEEN.add(cpus);
        }

        @BeforeEach
        void beforeEach(CpuSet cpus) {
            SEEN.add(cpus);
        }

        @AfterEach
        void afterEach(CpuSet cpus) {
            SEEN.add(cpus);
        }

        @Test
        void body(CpuSet cpus) {
            SEEN.add(cpus);
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class UnpinnedTestCase {
        @Test
        @Sampling(iterations = 10, warmup = 1)
        void body(CpuSet cpus) {
            SEEN.add(cpus);
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class ConstructorTestCase {

        ConstructorTestCase(CpuSet cpus) {
            SEEN.add(cpus);
        }

        @Test
        @PinnedNuma(cpus = "2-3")
        void body() {}
    }

    /** The median: on a busy machine a few of 50 iterations are interrupted just where they are timed. */
    @ExtendWith(OnFakeMachine.class)
    static class StopwatchTestCase {
        @Test
        @MaxTailLatency(percentile = 50, atMost = "3 ms", burst = 1)
        @Sampling(iterations = 50, warmup = 1)
        void body(Stopwatch stopwatch) {
            Work.spin(3_000_000);
            stopwatch.start();
            Work.spin(1_000);
            stopwatch.stop();
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class WithoutStopwatchTestCase {
        @Test
        @MaxTailLatency(percentile = 50, atMost = "3 ms", burst = 1)
        @Sampling(iterations = 50, warmup = 1)
        void body() {
            Work.spin(3_000_000);
        }
    }

    @MaxTailLatency(percentile = 50, atMost = "3 ms", burst = 1)
    @Sampling(iterations = 50, warmup = 1)
    @ExtendWith(OnFakeMachine.class)
    static class StopwatchFieldTestCase {

        private final Stopwatch ofConstructor;
        private Stopwatch ofBeforeEach;

        StopwatchFieldTestCase(Stopwatch stopwatch) {
            ofConstructor = stopwatch;
            ofBeforeEach = stopwatch;
        }

        @BeforeEach
        void keep(Stopwatch stopwatch) {
            ofBeforeEach = stopwatch;
        }

        @Test
        void startsOneAndStopsTheOther() {
            Work.spin(3_000_000);
            ofConstructor.start();
            ofBeforeEach.stop();
        }

        @Test
        void startsTheOtherAndStopsOne(Stopwatch stopwatch) {
            Work.spin(3_000_000);
            stopwatch.start();
            ofConstructor.stop();
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class EarlyStopwatchTestCase {

        @BeforeEach
        void startsTooEarly(Stopwatch stopwatch) {
            stopwatch.start();
        }

        @Test
        @Sampling(iterations = 10, warmup = 1)
        void body() {}
    }

    @ExtendWith(OnFakeMachine.class)
    static class OthersTestCase {
        @RepeatedTest(2)
        @PinnedNuma
        @Sampling(iterations = 10, warmup = 2)
        void body(@TempDir Path folder, TestInfo test, CpuSet cpus, RepetitionInfo repetition) {
            assertThat(folder).isEmptyDirectory();
            assertThat(cpus.size()).isPositive();
            SEEN.add(test.getDisplayName() + repetition.getCurrentRepetition());
        }
    }
}
