/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.FakeMachine;
import io.tailgate.measure.Measurement.WarmUp;
import io.tailgate.plan.SamplingPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LookoutTests {

    private static final WarmUp WARM_UP = new WarmUp(5, true, "five", 1_000_000, true);
    private static final long MS = 1_000_000;

    private final FakeMachine machine = new FakeMachine();
    private final FakeClock clock = new FakeClock();
    private final List<Integer> seen = new ArrayList<>();

    private Look sureAt(IntPredicate iterations, Runnable cost) {
        return new Look() {
            @Override
            public boolean isSure(long[] latencyNsInOrder, Waits waits) {
                seen.add(latencyNsInOrder.length);
                cost.run();
                return iterations.test(latencyNsInOrder.length);
            }

            @Override
            public double errorShare() {
                return 0.75;
            }
        };
    }

    private Measurement measure(SamplingPlan plan, Look look) throws Throwable {
        return new IterationLoop(machine, Instruments.COUNTERS_ONLY, clock)
                .measure(plan, () -> clock.advance(MS), WARM_UP, look);
    }

    private static SamplingPlan openEnded(int seconds, int threads) {
        return new SamplingPlan(0, 0, Duration.ofSeconds(seconds), threads);
    }

    @Test
    void endsARunAtTheFirstLookThatIsSure() throws Throwable {
        Measurement measured = measure(openEnded(30, 1), sureAt(n -> n >= 3_000, () -> {}));
        assertThat(measured.iterations()).isBetween(3_000, 3_150);
        assertThat(measured.stopping()).isEqualTo(new Stopping(seen.size(), true, 0.75, "the verdict was sure"));
        assertThat(measured.remarks()).singleElement().asString().contains("look", "the verdict was sure", "75 %");
    }

    @Test
    void looksFirstAfterTwoSecondsAndThenAfterATwentiethOfTheTime() throws Throwable {
        measure(openEnded(30, 1), sureAt(n -> n > 2_200, () -> {}));
        assertThat(seen).containsExactly(2_000, 2_100, 2_205);
    }

    @Test
    void runsToItsTimeWhereNoLookIsSure() throws Throwable {
        Measurement measured = measure(openEnded(10, 1), sureAt(n -> false, () -> {}));
        assertThat(measured.iterations()).isEqualTo(10_000);
        assertThat(measured.stopping())
                .isEqualTo(new Stopping(seen.size(), false, 0.25, "the time for measuring was over"));
        assertThat(seen).hasSizeBetween(25, 35);
    }

    @Test
    void leavesTheWholeErrorToARunThatIsTooShortForALook() throws Throwable {
        Measurement measured = measure(openEnded(1, 1), sureAt(n -> true, () -> {}));
        assertThat(measured.iterations()).isEqualTo(1_000);
        assertThat(measured.stopping()).isEqualTo(Stopping.unlooked("the time for measuring was over"));
    }

    @Test
    void spendsAtMostAHundredthOfTheTimeOnLooking() throws Throwable {
        measure(openEnded(30, 1), sureAt(n -> false, () -> clock.advance(50 * MS)));
        assertThat(seen).startsWith(2_000, 7_000).hasSize(6);
    }

    @Test
    void countsALookInNoIteration() throws Throwable {
        long[] faults = {0};
        Measurement measured = measure(openEnded(3, 1), sureAt(n -> false, () -> {
            clock.advance(MS);
            machine.counters(faults[0] += 1_000, 0, 0, 0);
        }));
        assertThat(seen).isNotEmpty();
        assertThat(measured.counters()).containsOnly(0);
        assertThat(measured.latencyNs()).containsOnly(MS);
    }

    @Test
    void doesNotLookAtAFixedNumber() throws Throwable {
        Measurement measured =
                measure(new SamplingPlan(5_000, 0, SamplingPlan.NO_LIMIT, 1), sureAt(n -> true, () -> {}));
        assertThat(measured.iterations()).isEqualTo(5_000);
        assertThat(seen).isEmpty();
        assertThat(measured.stopping())
                .isEqualTo(Stopping.unlooked("the iterations that were asked for were measured"));
    }

    private static Instruments pinned() {
        return new Instruments(CpuSet.parse("2-3"), null, Progress.NONE, null, true);
    }

    private Measurement ofTwo(Look look, Body body) throws Throwable {
        return new IterationLoop(machine, pinned()).measure(openEnded(20, 2), body, WARM_UP, look);
    }

    @Test
    void gathersAllCallersBeforeItLooks() throws Throwable {
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        List<Integer> running = new ArrayList<>();
        Measurement measured = ofTwo(sureAt(n -> true, () -> running.add(begun.get() - ended.get())), () -> {
            begun.incrementAndGet();
            Thread.sleep(1);
            ended.incrementAndGet();
        });
        assertThat(running).containsExactly(0);
        assertThat(seen).singleElement().isEqualTo(measured.iterations());
        assertThat(measured.stopping().sure()).isTrue();
    }

    @Test
    void waitsForNoCallerThatFailed() {
        AtomicReference<@Nullable Thread> looking = new AtomicReference<>();
        AtomicLong now = new AtomicLong(); // else a caller that is late at a look would put off the next one
        Body failing = () -> {
            now.addAndGet(MS);
            Thread looker = looking.get();
            if (looker != null && looker != Thread.currentThread()) {
                while (looker.isAlive() && looker.getState() != Thread.State.WAITING) { // for this caller
                    Thread.sleep(1);
                }
                throw new IllegalStateException("while it is waited for");
            }
        };
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new IterationLoop(machine, pinned(), now::get)
                        .measure(
                                openEnded(20, 2),
                                failing,
                                WARM_UP,
                                sureAt(n -> false, () -> looking.set(Thread.currentThread()))))
                .withMessage("while it is waited for");
    }
}
