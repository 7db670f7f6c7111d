/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.FakeMachine;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Whether the gate sees a tail that is there, and none where there is none.
 *
 * <p>An iteration is 5 us and the limit, 10 medians, is above what an interrupt costs: on a host with five runnable
 * threads a CPU the scheduler still hits fewer than one iteration in a hundred. The 97th percentile lets three in a
 * hundred be slow, so that 4,000 iterations PASS up to 2.2 and FAIL from 3.8 in a hundred: both ends are far away.
 */
class DetectionTests {

    @BeforeEach
    void startAfresh() {
        OnFakeMachine.machine = new FakeMachine();
    }

    @RepeatedTest(20)
    void passesWithoutATail() {
        Engine.succeeds(1, EvenTestCase.class);
    }

    @Test
    void failsIfOneInTwentyIterationsSleepsTwentyMedians() {
        assertThat(thrown(SleepingTestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("p97 of DetectionTests$SleepingTestCase.body()")
                .hasMessageContaining("n = 4,000 iterations");
    }

    @Test
    void failsABoundThatNoProgramMeets() {
        assertThat(thrown(ImpossibleTestCase.class))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("1.0001 x median")
                .hasMessageContaining("n = 4,000 iterations");
    }

    /** A run beside which the CPU got slower is INCONCLUSIVE, rightly; one of five is not disturbed. */
    private static Throwable thrown(Class<?> testCase) {
        Throwable thrown = Engine.thrown(Engine.run(testCase));
        for (int i = 1; i < 5 && isOfADisturbedMachine(thrown); i++) {
            thrown = Engine.thrown(Engine.run(testCase));
        }
        return thrown;
    }

    private static boolean isOfADisturbedMachine(Throwable thrown) {
        return thrown instanceof TestAbortedException
                && String.valueOf(thrown.getMessage()).contains("but the machine was disturbed");
    }

    @ExtendWith(OnFakeMachine.class)
    static class EvenTestCase {
        @Test
        @MaxTailLatency(percentile = 97, timesMedian = 10)
        @Sampling(iterations = 4_000, warmup = 1_000)
        void body() {
            Work.spin(5_000);
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class SleepingTestCase {

        private int calls;

        @Test
        @MaxTailLatency(percentile = 97, timesMedian = 10)
        @Sampling(iterations = 4_000, warmup = 1_000)
        void body() {
            Work.spin(5_000);
            if (calls++ % 20 == 0) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    /** Every twentieth iteration is twice as long. */
    @ExtendWith(OnFakeMachine.class)
    static class ImpossibleTestCase {

        private int calls;

        @Test
        @MaxTailLatency(percentile = 97, timesMedian = 1.0001)
        @Sampling(iterations = 4_000, warmup = 1_000)
        void body() {
            Work.spin(calls++ % 20 == 0 ? 10_000 : 5_000);
        }
    }
}
