/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.FakeMachine;
import io.tailgate.machine.MachineException;
import io.tailgate.measure.Measurement.Scope;
import io.tailgate.measure.Measurement.WarmUp;
import io.tailgate.plan.SamplingPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallersTests {

    private static final WarmUp WARM_UP = new WarmUp(5, true, "five", 1_000_000_000, true);

    private final FakeMachine machine = new FakeMachine();
    private final Map<Thread, Integer> iterations = new ConcurrentHashMap<>();
    private final Body counting = () -> iterations.merge(Thread.currentThread(), 1, Integer::sum);

    @Test
    void runTheirSharesEachPinnedToACpuOfItsOwn() throws Throwable {
        Measurement measured = measure(CpuSet.parse("2-6"), 3, 10, counting);
        assertThat(measured.iterations()).isEqualTo(10);
        assertThat(measured.scope()).isEqualTo(Scope.THREAD);
        assertThat(iterations.values()).containsExactlyInAnyOrder(4, 3, 3);
        assertThat(iterations.keySet()).allMatch(Thread::isDaemon).doesNotContain(Thread.currentThread());
        assertThat(machine.log()).containsExactlyInAnyOrder("pin 2", "pin 3", "pin 4");
    }

    @Test
    void haveEndedWhenTheMeasurementReturns() throws Throwable {
        measure(CpuSet.parse("2-3"), 2, 10, counting);
        assertThat(iterations.keySet()).hasSize(2).noneMatch(Thread::isAlive);
    }

    @Test
    void runAtTheSameTime() throws Throwable {
        CyclicBarrier bothInside = new CyclicBarrier(2);
        assertThat(measure(CpuSet.parse("2-3"), 2, 10, bothInside::await).iterations())
                .isEqualTo(10);
    }

    @Test
    void warmUpTogether() throws Throwable {
        WarmUp warmup = loop(CpuSet.parse("2-3")).warmUp(new SamplingPlan(10, 7, SamplingPlan.NO_LIMIT, 2), counting);
        assertThat(warmup.iterations()).isEqualTo(14);
        assertThat(warmup.description()).startsWith("2 callers");
        assertThat(iterations.values()).containsExactly(7, 7);
    }

    @Test
    void areSteadyWhenEachIs() throws Throwable {
        ThreadLocal<FakeClock> clocks = ThreadLocal.withInitial(FakeClock::new);
        WarmUp warmup = new IterationLoop(
                        machine, pinned(CpuSet.parse("2-3")), () -> clocks.get().nanoTime())
                .warmUp(
                        new SamplingPlan(0, SamplingPlan.UNTIL_STEADY, Duration.ofSeconds(9), 2),
                        () -> clocks.get().advance(5_000_000));
        assertThat(warmup.steady()).as(warmup.description()).isTrue();
        assertThat(warmup.iterations()).isBetween(2 * 60L, 2 * 600L); // each 100 ms and 200 ms, and 3 s at most
    }

    @Test
    void someOfThemMayHaveNothingToDo() throws Throwable {
        assertThat(measure(CpuSet.parse("2-4"), 3, 2, counting).iterations()).isEqualTo(2);
        assertThat(iterations).hasSize(2);
    }

    @Test
    void needACpuEachBeforeAnythingStarts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measure(CpuSet.parse("2-3"), 3, 10, counting))
                .withMessageContaining("threads = 3")
                .withMessageContaining("2-3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measure(null, 2, 10, counting))
                .withMessageContaining("@PinnedNuma");
        assertThat(iterations).isEmpty();
        assertThat(machine.log()).isEmpty();
    }

    @Test
    void runWhereTheyArePutByTheSystemIfNothingCanBePinned() throws Throwable {
        machine.unsupported("no Linux");
        Instruments latenciesAlone = Instruments.NONE;
        Measurement measured = new IterationLoop(machine, latenciesAlone)
                .measure(new SamplingPlan(10, 0, SamplingPlan.NO_LIMIT, 2), counting, WARM_UP);
        assertThat(measured.iterations()).isEqualTo(10);
        assertThat(iterations.values()).containsExactly(5, 5);
    }

    @Test
    void stopWhenOneFailsAndItsExceptionIsThrown() {
        Exception thrown = new Exception("mine");
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger callers = new AtomicInteger();
        assertThatThrownBy(() -> measure(CpuSet.parse("2-4"), 3, 1_000, () -> {
                    if (callers.incrementAndGet() < 3) {
                        never.await();
                    }
                    throw thrown;
                }))
                .isSameAs(thrown)
                .satisfies(e ->
                        assertThat(e.getSuppressed()).hasSize(2).hasOnlyElementsOfType(InterruptedException.class));
    }

    @Test
    void stopWarmingUpUntilSteadyWhenOneFails() {
        Exception thrown = new Exception("mine");
        CyclicBarrier bothInside = new CyclicBarrier(2);
        assertThatThrownBy(() -> loop(CpuSet.parse("2-3"))
                        .warmUp(new SamplingPlan(0, SamplingPlan.UNTIL_STEADY, SamplingPlan.NO_LIMIT, 2), () -> {
                            if (bothInside.await() == 0) {
                                throw thrown;
                            }
                            while (!Thread.interrupted()) { // and swallows it
                                Thread.onSpinWait();
                            }
                        }))
                .isSameAs(thrown);
    }

    @Test
    void leaveNoneWaitingWhereAThreadCannotStart() {
        OutOfMemoryError thrown = new OutOfMemoryError("unable to create native thread");
        List<Thread> made = new ArrayList<>();
        AtomicBoolean stop = new AtomicBoolean();
        ThreadFactory failing = task -> {
            Thread thread = made.size() < 2
                    ? new Thread(task)
                    : new Thread(task) {
                        @Override
                        public synchronized void start() {
                            throw thrown;
                        }
                    };
            made.add(thread);
            return thread;
        };
        assertThatThrownBy(() ->
                        new Callers<Integer>(machine, 3, new int[] {2, 3, 4}, stop).run(failing, caller -> caller))
                .isSameAs(thrown);
        assertThat(made).hasSize(3).noneMatch(Thread::isAlive);
        assertThat(stop).isTrue();
    }

    @Test
    void stopWhenTheThreadThatWaitsForThemIsInterrupted() {
        Thread waiting = Thread.currentThread();
        Set<Thread> callers = ConcurrentHashMap.newKeySet();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> measure(CpuSet.parse("2-3"), 2, Integer.MAX_VALUE / 1_000, () -> {
                    callers.add(Thread.currentThread());
                    waiting.interrupt();
                }));
        assertThat(callers).noneMatch(Thread::isAlive);
    }

    @Test
    void doNotStartWhereOneCannotBePinned() {
        machine.refusing("pin 3");
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> measure(CpuSet.parse("2-3"), 2, 10, counting))
                .withMessageContaining("pin 3");
    }

    @Test
    void timePartsEachForItself() throws Throwable {
        PartTimer timer = new PartTimer();
        Instruments instruments = new Instruments(CpuSet.parse("2-3"), null, Progress.NONE, timer, true);
        CyclicBarrier bothRunning = new CyclicBarrier(2);
        Measurement measured = new IterationLoop(machine, instruments)
                .measure(
                        new SamplingPlan(20, 0, SamplingPlan.NO_LIMIT, 2),
                        () -> {
                            timer.start();
                            bothRunning.await();
                            timer.stop();
                        },
                        WARM_UP);
        assertThat(LongStream.of(measured.latencyNs())).hasSize(20).allMatch(ns -> ns > 0);
    }

    private Measurement measure(@Nullable CpuSet cpus, int threads, int n, Body body) throws Throwable {
        return loop(cpus).measure(new SamplingPlan(n, 0, SamplingPlan.NO_LIMIT, threads), body, WARM_UP);
    }

    private IterationLoop loop(@Nullable CpuSet cpus) {
        return new IterationLoop(machine, pinned(cpus));
    }

    private static Instruments pinned(@Nullable CpuSet cpus) {
        return new Instruments(cpus, null, Progress.NONE, null, true);
    }
}
