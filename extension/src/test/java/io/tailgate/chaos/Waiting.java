/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what must come soon; what does not come is a violation. */
final class Waiting {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long BETWEEN_LOOKS_NS = 100_000;

    private Waiting() {}

    static void until(BooleanSupplier come, Supplier<String> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!come.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + PATIENCE.toSeconds() + " s in vain: " + wanted.get());
            }
            pause();
        }
    }

    static void pause() {
        LockSupport.parkNanos(BETWEEN_LOOKS_NS);
    }
}
