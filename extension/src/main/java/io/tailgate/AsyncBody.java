/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.measure.Body;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A body whose iteration ends when a stage completes: the completing thread reads the clock, so that the time until the
 * caller wakes up does not count.
 */
final class AsyncBody implements Body {

    private static final ThreadLocal<Completion> LAST = new ThreadLocal<>(); // of each caller

    private final Tailgate.AsyncIteration iteration;

    AsyncBody(Tailgate.AsyncIteration iteration) {
        this.iteration = iteration;
    }

    @Override
    @SuppressWarnings("NullAway") // callers need not be checked for null
    public void run() throws Throwable {
        CompletionStage<?> stage = iteration.start();
        if (stage == null) {
            throw new IllegalStateException(
                    "the asynchronous body returned null where a CompletionStage was wanted; return the stage whose"
                            + " completion ends the iteration");
        }
        Completion completion = new Completion(Thread.currentThread());
        stage.whenComplete(completion);
        completion.await();
        LAST.set(completion);
    }

    @Override
    public long endedNs(long returnedNs) {
        return LAST.get().atNs;
    }

    /** Waits for one stage. */
    private static final class Completion implements BiConsumer<@Nullable Object, @Nullable Throwable> {

        private final Thread caller;
        private long atNs;
        private @Nullable Throwable failure;
        private volatile boolean done;

        Completion(Thread caller) {
            this.caller = caller;
        }

        @Override
        public void accept(@Nullable Object result, @Nullable Throwable thrown) {
            atNs = System.nanoTime();
            failure = thrown;
            done = true; // publishes both
            LockSupport.unpark(caller);
        }

        void await() throws Throwable {
            while (!done) {
                LockSupport.park(this);
                if (!done && Thread.interrupted()) {
                    throw new InterruptedException("interrupted while the stage of an iteration was not complete");
                }
            }
            Throwable thrown = failure;
            if (thrown != null) {
                boolean wrapped = thrown instanceof CompletionException && thrown.getCause() != null;
                throw wrapped ? thrown.getCause() : thrown;
            }
        }
    }
}
