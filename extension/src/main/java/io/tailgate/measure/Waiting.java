/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until a moment: parked, and spinning for what is left when a parked thread might wake up too late.
 *
 * <p>A parked thread wakes up some 50 us late, the kernel's timer slack, and later where the CPU had gone to sleep; a
 * spinning one within a reading of the clock.
 */
final class Waiting {

    static final long SPIN_NS = TimeUnit.MICROSECONDS.toNanos(200);

    /** Sleeps for about so long; may return early. */
    @FunctionalInterface
    interface Parking {
        void park(long ns);
    }

    private final NanoClock clock;
    private final Parking parking;

    Waiting(NanoClock clock) {
        this(clock, LockSupport::parkNanos);
    }

    Waiting(NanoClock clock, Parking parking) {
        this.clock = clock;
        this.parking = parking;
    }

    /** Parks until shortly before {@code ns}; returns whether there was time to. */
    boolean park(long ns) throws InterruptedException {
        boolean parked = false;
        for (long left = ns - clock.nanoTime(); left > SPIN_NS; left = ns - clock.nanoTime()) {
            parking.park(left - SPIN_NS);
            parked = true;
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting for the next iteration to be due");
            }
        }
        return parked;
    }

    void spin(long ns) {
        while (clock.nanoTime() - ns < 0) {
            Thread.onSpinWait();
        }
    }
}
