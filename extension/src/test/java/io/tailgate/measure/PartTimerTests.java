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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PartTimerTests {

    private final FakeClock clock = new FakeClock();
    private final PartTimer timer = new PartTimer(clock);
    private final AtomicInteger ran = new AtomicInteger();

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

    @Test
    void saysThatTheCountersAreOfMoreThanTheParts() throws Throwable {
        Body sometimes = () -> {
            clock.advance(100);
            if (ran.incrementAndGet() == 2) {
                timer.start();
                clock.advance(7);
                timer.stop();
            }
        };
        assertThat(measured(sometimes, true).remarks())
                .singleElement()
                .asString()
                .startsWith("1 of 2 iterations were timed in parts by the Stopwatch")
                .contains("those of the whole iteration");
        ran.set(0);
        assertThat(measured(sometimes, false).remarks())
                .as("no counters, nothing to mistake")
                .isEmpty();
        assertThat(measured(() -> clock.advance(100), true).remarks())
                .as("no parts")
                .isEmpty();
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
        return measured(body, true).latencyNs();
    }

    private Measurement measured(Body body, boolean counting) throws Throwable {
        Instruments instruments = new Instruments(null, null, Progress.NONE, timer, counting);
        return new IterationLoop(new FakeMachine(), instruments, clock)
                .measure(new SamplingPlan(2, 0, SamplingPlan.NO_LIMIT, 1), body, new WarmUp(0, true, "none", 0, true));
    }
}
