/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tailgate.machine.FakeMachine;
import io.tailgate.measure.Measurement.WarmUp;
import io.tailgate.plan.SamplingPlan;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PartTimerTests {

    private final FakeClock clock = new FakeClock();
    private final PartTimer timer = new PartTimer(clock);

    @Test
    void onlyThePartsCount() throws Throwable {
        assertThat(measure(() -> {
                    clock.advance(100);
                    timer.start();
                    clock.advance(7);
                    timer.stop();
                    clock.advance(100);
                    timer.start();
                    clock.advance(8);
                    timer.stop();
                }))
                .containsExactly(15, 15);
    }

    @Test
    void anIterationThatStartsNothingCountsWhole() throws Throwable {
        assertThat(measure(() -> clock.advance(100))).containsExactly(100, 100);
    }

    @Nested
    class Misuse {

        @Test
        void stoppingWhatWasNotStarted() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> measure(timer::stop))
                    .withMessageContaining("without a start()");
        }

        @Test
        void startingTwice() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> measure(() -> {
                        timer.start();
                        timer.start();
                    }))
                    .withMessageContaining("twice");
        }

        @Test
        void stillRunningAtTheEnd() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> measure(timer::start))
                    .withMessageContaining("still running");
        }

        @Test
        void outsideAnIteration() throws Throwable {
            measure(() -> {});
            assertThatIllegalStateException()
                    .isThrownBy(timer::start)
                    .withMessageContaining(Thread.currentThread().getName());
        }
    }

    private long[] measure(Body body) throws Throwable {
        Instruments instruments = new Instruments(null, null, Progress.NONE, timer, true);
        return new IterationLoop(new FakeMachine(), instruments, clock)
                .measure(new SamplingPlan(2, 0, SamplingPlan.NO_LIMIT, 1), body, new WarmUp(0, true, "none"))
                .latencyNs();
    }
}
