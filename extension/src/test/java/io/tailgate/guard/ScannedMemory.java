/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CounterReader;
import io.tailgate.machine.Machine;
import java.util.concurrent.TimeUnit;

/** Memory whose pages the real kernel unmaps to see who uses them. */
final class ScannedMemory {

    private static final int PAGE = 4096 / Long.BYTES;
    private static final int PAGES = 32_768; // 128 MB, half of what one scan of the kernel takes
    private static final int PROBED = PAGES / 16;

    /** So many pages at least are unmapped once {@link #wasUnmapped()}. */
    static final int MANY = 16_000;

    private final Machine machine;
    private final long[] memory = new long[PAGES * PAGE];

    ScannedMemory(Machine machine) {
        this.machine = machine;
    }

    /** Touches every page; returns how many minor faults that took. */
    long touchAll() {
        return touch(0, PAGES);
    }

    private long touch(int first, int pages) {
        long before = minorFaults();
        for (int page = first; page < first + pages; page++) {
            memory[page * PAGE]++;
        }
        return minorFaults() - before;
    }

    /**
     * Touches the memory now and then, so that the kernel takes it for used, until a scan took it: until both of its ends
     * fault. What is between them is then left alone.
     */
    boolean wasUnmapped() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline) {
            touchAll();
            runFor(TimeUnit.MILLISECONDS.toNanos(100));
            if (faultsAt(0) && faultsAt(PAGES - PROBED)) {
                return true;
            }
        }
        return false;
    }

    private boolean faultsAt(int first) {
        return touch(first, PROBED) > PROBED / 2;
    }

    /** Runs without a pause: the kernel scans on behalf of threads that do. */
    private static void runFor(long ns) {
        long end = System.nanoTime() + ns;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private long minorFaults() {
        long[] totals = new long[CounterReader.FIELDS];
        machine.counters().readThread(totals, 0);
        return totals[CounterReader.MINOR_FAULTS];
    }
}
