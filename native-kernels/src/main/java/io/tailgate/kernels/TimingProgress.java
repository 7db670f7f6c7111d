/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Says every two seconds how far the command is; nothing of what takes less. */
final class TimingProgress {

    private static final long EVERY_MS = 2_000;

    private final PrintStream to;
    private final LongSupplier clockMs;
    private String phase = "";
    private int total;
    private long begunMs;
    private long saidMs;

    TimingProgress(PrintStream to, LongSupplier clockMs) {
        this.to = to;
        this.clockMs = clockMs;
    }

    /** Begins a phase of so many steps. */
    void begin(String nextPhase, int steps) {
        phase = nextPhase;
        total = steps;
        begunMs = saidMs = clockMs.getAsLong();
    }

    /** To be called between two steps, never during one: a line printed meanwhile would be part of its time. */
    void done(int steps) {
        long now = clockMs.getAsLong();
        if (now - saidMs >= EVERY_MS) {
            saidMs = now;
            double leftSeconds = (now - begunMs) / 1e3 / steps * (total - steps);
            say(String.format(Locale.ROOT, "%s, %d of %d, %.0f s left", phase, steps, total, leftSeconds));
        }
    }

    /** Does what has no steps, while another thread says how long that takes already. */
    <T> T during(String what, Supplier<T> work) {
        long begun = clockMs.getAsLong();
        Thread teller = new Thread(() -> tell(what, begun), "time-network progress");
        teller.setDaemon(true);
        teller.start();
        try {
            return work.get();
        } finally {
            end(teller);
        }
    }

    private void tell(String what, long begun) {
        try {
            while (true) {
                Thread.sleep(EVERY_MS);
                say(String.format(Locale.ROOT, "%s, %.0f s", what, (clockMs.getAsLong() - begun) / 1e3));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the work is done
        }
    }

    /** Waits for it: it must not say anything while something is timed. */
    private static void end(Thread teller) {
        teller.interrupt();
        try {
            teller.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String text) {
        to.println("time-network: " + text);
    }
}
