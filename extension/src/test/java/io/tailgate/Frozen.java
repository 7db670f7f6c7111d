/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A program that is frozen while it measures: 20 iterations a second for 5 s, of 1 ms each. */
final class Frozen {

    static final String READY = "ready to be frozen";

    private Frozen() {}

    public static void main(String[] arguments) throws Exception {
        AtomicInteger ran = new AtomicInteger();
        Tailgate open = Tailgate.unpinned().rate("20/s").atMost("5 s").warmup(0);
        Tailgate.measure("freeze", open, () -> {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
            if (ran.incrementAndGet() == 20) {
                System.out.println(READY);
            }
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
        });
    }
}
