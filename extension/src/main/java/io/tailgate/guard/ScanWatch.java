/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;

import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether automatic NUMA balancing came and went between two looks at its setting.
 *
 * <p>While it is off the kernel takes no page out of the page tables for it: the host's count of those stands still.
 */
final class ScanWatch {

    private static final int MOST_LOOKS = 20;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Machine machine;
    private OptionalLong taken;

    /** Begins when balancing was switched off; a scan that was under way then may still take some pages. */
    ScanWatch(Machine machine) {
        this.machine = machine;
        this.taken = takenIfReadable();
    }

    /** Waits for the end of a scan that was under way. */
    void startWindow() {
        for (int look = 0; look < MOST_LOOKS; look++) {
            OptionalLong before = taken;
            taken = takenIfReadable();
            if (taken.equals(before)) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    /** Returns what the kernel did since the window started though balancing was off at both ends, or empty. */
    Optional<String> disturbance() {
        OptionalLong now = takenIfReadable();
        if (taken.isEmpty() || now.isEmpty() || now.getAsLong() == taken.getAsLong()) {
            return Optional.empty();
        }
        return Optional.of(NUMA_BALANCING.title() + " was on for a time while measuring: the kernel took "
                + (now.getAsLong() - taken.getAsLong()) + " pages (numa_pte_updates)");
    }

    private OptionalLong takenIfReadable() {
        try {
            return machine.numaPteUpdates();
        } catch (MachineException e) {
            return OptionalLong.empty(); // the setting itself is still read
        }
    }
}
