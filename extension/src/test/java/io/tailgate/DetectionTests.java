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

/**
 * Whether the gate sees a tail that is there, and none where there is none.
 *
 * <p>An iteration is 5 us, so that even on a busy host where the scheduler takes the CPU away every few milliseconds fewer
 * than one in a hundred is hit; and the limit, 10 medians, is above what an interrupt costs.
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
        assertThat(Engine.thrown(Engine.run(SleepingTestCase.class)))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("p99 of DetectionTests$SleepingTestCase.body()")
                .hasMessageContaining("n = 2,000 iterations");
    }

    @Test
    void failsABoundThatNoProgramMeets() {
        assertThat(Engine.thrown(Engine.run(ImpossibleTestCase.class)))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("1.0001 x median")
                .hasMessageContaining("n = 2,000 iterations");
    }

    @ExtendWith(OnFakeMachine.class)
    static class EvenTestCase {
        @Test
        @MaxTailLatency(percentile = 99, timesMedian = 10)
        @Sampling(iterations = 2_000, warmup = 1_000)
        void body() {
            Work.spin(5_000);
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class SleepingTestCase {

        private int calls;

        @Test
        @MaxTailLatency(percentile = 99, timesMedian = 10)
        @Sampling(iterations = 2_000, warmup = 1_000)
        void body() {
            Work.spin(5_000);
            if (calls++ % 20 == 0) {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    /** Every hundredth iteration is twice as long. */
    @ExtendWith(OnFakeMachine.class)
    static class ImpossibleTestCase {

        private int calls;

        @Test
        @MaxTailLatency(percentile = 99, timesMedian = 1.0001)
        @Sampling(iterations = 2_000, warmup = 1_000)
        void body() {
            Work.spin(calls++ % 20 == 0 ? 10_000 : 5_000);
        }
    }
}
