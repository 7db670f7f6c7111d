/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Two threads, the caller and a worker, that take the same steps and wait for each other after each.
 *
 * <p>Who waits spins a while and then parks. It never yields: the kernel counts a yield as an involuntary context switch,
 * which is what an explanation of slow iterations takes for preemption. Nothing is allocated while the steps are taken.
 */
final class Lockstep implements AutoCloseable {

    static final int CALLER = 0;
    static final int WORKER = 1;
    static final int THREADS = 2;

    private static final long SPIN_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int APART = 16; // longs, so that the threads' counts are on different cache lines

    /** What one thread does in one step. */
    @FunctionalInterface
    interface Step {
        void take(int thread, int step);
    }

    private final int steps;
    private final Step step;
    private final AtomicLongArray arrivals = new AtomicLongArray(THREADS * APART);
    private final AtomicReferenceArray<@Nullable Thread> sleepers = new AtomicReferenceArray<>(THREADS);
    private final Thread worker;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    Lockstep(int steps, Step step) {
        this.steps = steps;
        this.step = step;
        this.worker = new Thread(this::work, "worker");
        worker.setDaemon(true);
        worker.start();
    }

    /** Takes all steps with both threads; what the worker throws is the cause of what this throws. */
    void run() {
        requireUsable();
        try {
            meet(CALLER);
            takeSteps(CALLER);
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            LockSupport.unpark(worker);
        }
        requireUsable();
    }

    private void requireUsable() {
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("a step failed before: " + cause, cause);
        }
        if (closed) {
            throw new IllegalStateException("the threads were closed; make others");
        }
    }

    private void work() {
        try {
            while (meet(WORKER)) {
                takeSteps(WORKER);
            }
        } catch (RuntimeException | Error e) {
            failure = e;
            LockSupport.unpark(sleepers.get(CALLER));
        }
    }

    private void takeSteps(int thread) {
        for (int i = 0; i < steps; i++) {
            step.take(thread, i);
            if (!meet(thread)) {
                return;
            }
        }
    }

    /** Waits for the other thread; says whether it came. */
    private boolean meet(int thread) {
        int other = THREADS - 1 - thread;
        long meeting = arrivals.incrementAndGet(thread * APART);
        LockSupport.unpark(sleepers.get(other));
        if (!spin(other, meeting)) {
            sleepers.set(thread, Thread.currentThread());
            while (isToWait(other, meeting)) {
                LockSupport.park(this);
            }
            sleepers.set(thread, null);
        }
        return arrivals.get(other * APART) >= meeting;
    }

    private boolean spin(int other, long meeting) {
        long begin = System.nanoTime();
        while (isToWait(other, meeting)) {
            if (System.nanoTime() - begin > SPIN_NS) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    private boolean isToWait(int other, long meeting) {
        return arrivals.get(other * APART) < meeting && failure == null && !closed;
    }

    Thread worker() {
        return worker;
    }

    /** Ends the worker and waits until it has. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(worker);
        boolean interrupted = false;
        while (worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
