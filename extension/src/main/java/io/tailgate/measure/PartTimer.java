/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import java.util.Arrays;

/**
 * Lets a body say which parts of an iteration count: in an iteration that calls {@link #start()}, only the time between
 * {@code start()} and {@link #stop()} does, summed up where it does so more than once.
 *
 * <p>One timer serves all callers: each has its own {@link Caller}, found by comparing a few threads, which costs less
 * than a {@link ThreadLocal} and leaves nothing behind.
 */
public final class PartTimer {

    private final NanoClock clock;
    private volatile Caller[] callers = {};

    public PartTimer() {
        this(new SystemNanoClock());
    }

    PartTimer(NanoClock clock) {
        this.clock = clock;
    }

    /** Begins a part that counts. */
    public void start() {
        current("start").start();
    }

    /** Ends the part. */
    public void stop() {
        long now = clock.nanoTime(); // first, so that finding the caller does not count
        current("stop").stop(now);
    }

    /** Makes the calling thread one whose parts are timed. */
    synchronized Caller register() {
        Caller[] grown = Arrays.copyOf(callers, callers.length + 1);
        Caller caller = new Caller(Thread.currentThread(), clock);
        grown[callers.length] = caller;
        callers = grown;
        return caller;
    }

    synchronized void forget(Caller caller) {
        callers = Arrays.stream(callers).filter(other -> other != caller).toArray(Caller[]::new);
    }

    private Caller current(String call) {
        Thread thread = Thread.currentThread();
        for (Caller caller : callers) {
            if (caller.thread == thread) {
                return caller;
            }
        }
        throw new IllegalStateException("Stopwatch." + call + "() was called on thread \"" + thread.getName()
                + "\", which runs no measured iteration; call it on the thread that runs the test method, inside it");
    }

    /** The parts of one caller's current iteration. */
    static final class Caller {

        private final Thread thread;
        private final NanoClock clock;
        private long sum;
        private long startedAt;
        private boolean running;
        private boolean used;

        private Caller(Thread thread, NanoClock clock) {
            this.thread = thread;
            this.clock = clock;
        }

        void beginIteration() {
            sum = 0;
            running = false;
            used = false;
        }

        private void start() {
            if (running) {
                throw new IllegalStateException(
                        "Stopwatch.start() was called twice without a stop() between; stop it first");
            }
            running = true;
            used = true;
            startedAt = clock.nanoTime();
        }

        private void stop(long now) {
            if (!running) {
                throw new IllegalStateException(
                        "Stopwatch.stop() was called without a start() before it in this iteration; start it first");
            }
            running = false;
            sum += now - startedAt;
        }

        /** Says whether parts of the current iteration were timed, and not the whole. */
        boolean used() {
            return used;
        }

        /** Returns what counts of an iteration that took {@code wholeNs}. */
        long endIteration(long wholeNs) {
            if (running) {
                throw new IllegalStateException(
                        "the Stopwatch was still running at the end of the iteration; call stop() in the same one");
            }
            return used ? sum : wholeNs;
        }
    }
}
