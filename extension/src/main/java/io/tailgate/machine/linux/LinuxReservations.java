/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.CpuHolder;
import io.tailgate.machine.CpuReservations;
import io.tailgate.machine.CpuSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reservations by locks on what every process of the host sees of a CPU: its folder in {@code /sys} for who measures on
 * it, the file {@code uevent} in there for who is next. Nothing of them is read or written.
 *
 * <p>The line is what lets a waiting process get its turn: without it, one that runs test after test would have its CPUs
 * back before the other looked again. Each process holds its place in line for a moment, or for as long as it waits.
 */
final class LinuxReservations implements CpuReservations {

    private final CountedLocks measuring;
    private final CountedLocks waiting;
    private final LockTable table;

    LinuxReservations(Path proc, Path sys, LibC libc) {
        Path cpus = sys.resolve("devices/system/cpu");
        this.measuring = new CountedLocks(cpu -> folder(cpus, cpu), libc);
        this.waiting = new CountedLocks(cpu -> line(cpus, cpu), libc);
        this.table = new LockTable(proc, cpus);
    }

    static Path folder(Path cpus, int cpu) {
        return cpus.resolve("cpu" + cpu);
    }

    static Path line(Path cpus, int cpu) {
        return folder(cpus, cpu).resolve("uevent");
    }

    @Override
    public synchronized Optional<CpuSet> reserve(CpuSet cpus) {
        OptionalInt conflict = CountedLocks.allOrNone(cpus, this::reserve, measuring::unlock);
        return conflict.isPresent() ? Optional.of(CpuSet.of(conflict.getAsInt())) : Optional.empty();
    }

    private boolean reserve(int cpu) {
        if (measuring.isHeld(cpu)) {
            return measuring.lock(cpu);
        }
        if (!waiting.lock(cpu)) {
            return false;
        }
        try {
            return measuring.lock(cpu);
        } finally {
            waiting.unlock(cpu);
        }
    }

    @Override
    public synchronized void release(CpuSet cpus) {
        cpus.stream().forEach(measuring::unlock);
    }

    @Override
    public synchronized boolean queue(CpuSet cpus) {
        return CountedLocks.allOrNone(cpus, waiting::lock, waiting::unlock).isEmpty();
    }

    @Override
    public synchronized void leaveQueue(CpuSet cpus) {
        cpus.stream().forEach(waiting::unlock);
    }

    @Override
    public synchronized List<CpuHolder> others() {
        return table.others();
    }
}
