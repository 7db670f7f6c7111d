/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LockstepTests {

    private static final int STEPS = 50;

    @Test
    void bothThreadsTakeAllStepsInOrder() {
        List<List<Integer>> taken = List.of(new ArrayList<>(), new ArrayList<>());
        try (Lockstep threads =
                new Lockstep(STEPS, (thread, step) -> taken.get(thread).add(step))) {
            threads.run();
            threads.run();
        }
        List<Integer> twice =
                IntStream.range(0, 2 * STEPS).map(i -> i % STEPS).boxed().toList();
        assertThat(taken).containsExactly(twice, twice);
    }

    @Test
    void nobodyTakesAStepBeforeTheOtherHasTakenTheOneBefore() {
        AtomicIntegerArray steps = new AtomicIntegerArray(Lockstep.THREADS);
        try (Lockstep threads = new Lockstep(STEPS, (thread, step) -> {
            if (steps.get(1 - thread) < steps.get(thread)) {
                throw new IllegalStateException("thread " + thread + " is ahead in step " + step);
            }
            if (step % 20 == thread) {
                parkLongerThanTheOtherSpins();
            }
            steps.incrementAndGet(thread);
        })) {
            threads.run();
        }
        assertThat(steps.get(Lockstep.CALLER)).isEqualTo(STEPS);
        assertThat(steps.get(Lockstep.WORKER)).isEqualTo(STEPS);
    }

    private static void parkLongerThanTheOtherSpins() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void stepsAreTakenByTheCallerAndTheWorker() {
        Thread[] seen = new Thread[Lockstep.THREADS];
        try (Lockstep threads = new Lockstep(1, (thread, step) -> seen[thread] = Thread.currentThread())) {
            threads.run();
            assertThat(seen).containsExactly(Thread.currentThread(), threads.worker());
        }
    }

    @Test
    void exceptionOfTheWorkerReachesTheCaller() {
        try (Lockstep threads = failing(Lockstep.WORKER)) {
            assertThatThrownBy(threads::run).hasRootCauseMessage("in step 7");
            assertThatThrownBy(threads::run).as("again").hasRootCauseMessage("in step 7");
        }
    }

    @Test
    void exceptionOfTheCallerLeavesNobodyWaiting() {
        Lockstep threads = failing(Lockstep.CALLER);
        assertThatThrownBy(threads::run).hasMessage("in step 7");
        threads.close();
        assertThat(threads.worker().isAlive()).isFalse();
    }

    private static Lockstep failing(int who) {
        return new Lockstep(STEPS, (thread, step) -> {
            if (thread == who && step == 7) {
                throw new IllegalArgumentException("in step 7");
            }
        });
    }

    @Test
    void closingEndsAWorkerThatSleeps() throws InterruptedException {
        Lockstep threads = new Lockstep(STEPS, (thread, step) -> {});
        threads.run();
        while (threads.worker().getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        threads.close();
        assertThat(threads.worker().isAlive()).isFalse();
        assertThatThrownBy(threads::run).hasMessageContaining("closed");
    }
}
