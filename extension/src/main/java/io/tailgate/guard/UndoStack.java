/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What is to be taken back, last first. An undo is pushed before its change, so that a half-done one is undone too. */
final class UndoStack implements AutoCloseable {

    private final Deque<Runnable> undos = new ArrayDeque<>();

    synchronized void push(Runnable undo) {
        undos.push(undo);
    }

    synchronized boolean isEmpty() {
        return undos.isEmpty();
    }

    /** Runs every undo once, even if one fails; the first failure is thrown, the others suppressed. */
    @Override
    public synchronized void close() {
        Throwable failure = null;
        while (!undos.isEmpty()) {
            failure = and(failure, run(undos.pop()));
        }
        if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof RuntimeException exception) { // a Runnable throws nothing else
            throw exception;
        }
    }

    /** Runs one undo to its end: an interrupt, as a timeout sends it, closes files in the middle of a write. */
    private static @Nullable Throwable run(Runnable undo) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    undo.run();
                    return null;
                } catch (RuntimeException | Error e) {
                    if (!Thread.interrupted()) {
                        return e;
                    }
                    interrupted = true; // cut short by it: once more
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static @Nullable Throwable and(@Nullable Throwable first, @Nullable Throwable next) {
        if (first == null) {
            return next;
        }
        if (next != null) {
            first.addSuppressed(next);
        }
        return first;
    }
}
