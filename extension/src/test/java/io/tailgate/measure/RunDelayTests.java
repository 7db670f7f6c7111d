/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.FakeMachine;
import io.tailgate.measure.Measurement.Scope;
import io.tailgate.measure.Measurement.WarmUp;
import io.tailgate.plan.SamplingPlan;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What an iteration waited behind others, told from what it waited for its own sake. */
class RunDelayTests {

    private static final long MS = 1_000_000;
    private static final int THIRD = 2;

    private final FakeMachine machine = new FakeMachine();
    private final FakeClock clock = new FakeClock();
    private int ran;

    @Test
    void belongsToTheIterationInWhichItWasWaited() throws Throwable {
        Waits waits = disturbingTheThird(4 * MS, 0, 0, 1);

        assertThat(waits.iteration()).containsExactly(THIRD);
        assertThat(waits.ns()).containsExactly(4 * MS);
        assertThat(waits.known()).isTrue();
    }

    @Test
    void isNotAskedForWithoutASwitch() throws Throwable {
        assertThat(disturbingTheThird(4 * MS, 0, 0, 0).disturbed()).isZero();
    }

    @Test
    void behindThreadsOfThisProcessIsNoDisturbance() throws Throwable {
        assertThat(disturbingTheThird(4 * MS, 3 * MS, 0, 1).ns()).containsExactly(MS);
        assertThat(disturbingTheThird(4 * MS, 5 * MS, 0, 1).disturbed()).isZero();
        assertThat(disturbingTheThird(40 * MS, MS, 0, 1).ns())
                .containsExactly(40 * MS); // 1 ms is neither here nor there
    }

    @Test
    void afterTheBodyGaveTheCpuUpIsFirstTheTimeThatWakingTakes() throws Throwable {
        assertThat(disturbingTheThird(4 * MS, 0, 10, 1).ns()).containsExactly(4 * MS - 10 * RunDelayWatch.WAKING_NS);
        assertThat(disturbingTheThird(RunDelayWatch.WAKING_NS, 0, 1, 0).disturbed())
                .isZero();
    }

    @Test
    void isUnknownWhereTheKernelDoesNotCountIt() throws Throwable {
        machine.runDelay(OptionalLong.empty());
        Measurement measured = measure(() -> machine.counters(0, 0, 0, ran++));

        assertThat(measured.noise().waits().disturbed()).isZero();
        assertThat(measured.noise().waits().known()).isFalse();
    }

    @Test
    void doesNotTakeWhatOtherCallersUseOnTheirCpusForWhatWasWaitedFor() {
        RunDelayWatch watch = watch(3);
        watch.start(0);
        machine.runDelay(OptionalLong.of(4 * MS)).othersCpu(13 * MS);

        assertThat(watch.waitedNs(4 * MS)).isEqualTo(4 * MS - (13 - 3 * 4) * MS);
    }

    @Test
    void forgetsWhatOtherThreadsUsedLongAgo() {
        RunDelayWatch watch = watch(0);
        watch.start(0);
        machine.othersCpu(50 * MS);
        watch.keepFresh(60 * MS);
        machine.runDelay(OptionalLong.of(4 * MS));

        assertThat(watch.waitedNs(64 * MS)).isEqualTo(4 * MS);
    }

    @Test
    void excusesNothingWhereItMayHaveBeenAfterTheEndOfTheIteration() throws Throwable {
        Body endingElsewhere = new Body() {
            private long endNs;

            @Override
            public void run() {
                clock.advance(6 * MS);
                endNs = clock.nanoTime();
                if (ran++ == THIRD) {
                    waits(4 * MS); // the caller, to wake up
                }
            }

            @Override
            public long endedNs(long returnedNs) {
                return endNs;
            }
        };
        Measurement measured = measure(endingElsewhere);

        assertThat(measured.latencyNs()).containsOnly(6 * MS);
        assertThat(measured.noise().waits().disturbed()).isZero();
    }

    @Test
    void excusesNothingWhereItMayHaveBeenOutsideOfThePartThatIsTimed() throws Throwable {
        PartTimer timer = new PartTimer(clock);
        Measurement measured = measure(new Instruments(null, null, Progress.NONE, timer, true), () -> {
            clock.advance(MS);
            if (ran++ == THIRD) {
                waits(4 * MS);
            }
            timer.start();
            clock.advance(6 * MS);
            timer.stop();
        });

        assertThat(measured.latencyNs()).containsOnly(6 * MS);
        assertThat(measured.noise().waits().disturbed()).isZero();
    }

    private void waits(long ns) {
        clock.advance(ns);
        machine.counters(0, 0, 0, 1).runDelay(OptionalLong.of(ns));
    }

    private RunDelayWatch watch(int otherCallers) {
        return new RunDelayWatch(machine.runDelay().orElseThrow(), machine.counters(), otherCallers);
    }

    /** Measures ten iterations of which the third meets all this. */
    private Waits disturbingTheThird(long delayNs, long othersNs, int voluntary, int involuntary) throws Throwable {
        ran = 0;
        machine.counters(0, 0, 0, 0).runDelay(OptionalLong.of(7 * MS)).othersCpu(9 * MS);
        return measure(() -> {
                    clock.advance(MS / 10);
                    if (ran++ == THIRD) {
                        clock.advance(delayNs);
                        machine.counters(0, 0, voluntary, involuntary)
                                .runDelay(OptionalLong.of(7 * MS + delayNs))
                                .othersCpu(9 * MS + othersNs);
                    }
                })
                .noise()
                .waits();
    }

    private Measurement measure(Body body) throws Throwable {
        return measure(Instruments.COUNTERS_ONLY, body);
    }

    private Measurement measure(Instruments instruments, Body body) throws Throwable {
        SamplingPlan ten = new SamplingPlan(10, 0, SamplingPlan.NO_LIMIT, 1);
        WarmUp none = new WarmUp(0, true, "none", 0, true);
        Measurement measured = new IterationLoop(machine, instruments, clock).measure(ten, body, none);
        assertThat(measured.scope()).isEqualTo(Scope.THREAD);
        return measured;
    }
}
