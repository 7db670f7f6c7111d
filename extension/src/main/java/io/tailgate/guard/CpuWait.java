/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CpuHolder;
import io.tailgate.machine.CpuReservations;
import io.tailgate.machine.CpuSet;
import io.tailgate.machine.MachineException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a test has CPUs on which no other JVM of this host measures, in line with others, and says for whom.
 *
 * <p>It looks again and again, first after a millisecond and then ever more seldom, because a thread that is blocked in
 * flock(2) could not be interrupted.
 */
final class CpuWait {

    private static final System.Logger LOGGER = System.getLogger(CpuWait.class.getName());
    private static final long LONGEST_PAUSE_MILLIS = 100;
    private static final long SILENT_MILLIS = 500; // forks with short tests take turns all the time
    private static final long TELL_AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final CpuChoice choice;
    private final CpuReservations reservations;
    private final Duration longest;
    private final long start = System.nanoTime();
    private @Nullable CpuSet inLineFor;
    private Optional<CpuSet> taken = Optional.empty();
    private CpuSet wanted;
    private Optional<String> why = Optional.empty();
    private long told = Long.MIN_VALUE;

    CpuWait(CpuChoice choice, CpuReservations reservations, Duration longest) {
        this.choice = choice;
        this.reservations = reservations;
        this.longest = longest;
        this.wanted = choice.choose(taken);
    }

    ReservedCpus take(UndoStack undo) {
        try {
            for (long pause = 1; !hasEnded(); pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
                standInLine();
                tell(System.nanoTime() - start);
                pause(pause);
            }
        } finally {
            if (inLineFor != null) {
                reservations.leaveQueue(inLineFor);
            }
        }
        if (why.isEmpty()) {
            undo.push(() -> reservations.release(wanted));
        }
        return new ReservedCpus(wanted, taken, why);
    }

    /** Looks once; says whether the CPUs are reserved, or cannot be on this host: a test runs all the same. */
    private boolean hasEnded() {
        try {
            return reserve();
        } catch (MachineException e) {
            why = Optional.of("CPUs not reserved against other JVMs: " + e.getMessage());
            return true;
        }
    }

    private boolean reserve() {
        taken = ReservedCpus.taken(reservations);
        while (true) {
            wanted = choice.choose(taken);
            Optional<CpuSet> conflict = reservations.reserve(wanted);
            if (conflict.isEmpty()) {
                return true;
            }
            if (taken.filter(cpus -> cpus.containsAll(conflict.get())).isPresent()) {
                return false;
            }
            taken = Optional.of(union(conflict.get(), taken)); // by one that cannot be seen; choose again
        }
    }

    private void standInLine() {
        if (inLineFor == null && reservations.queue(wanted)) {
            inLineFor = wanted;
        }
    }

    private void tell(long waited) {
        if (waited > longest.toNanos()) {
            throw new MachineException(
                    "waited " + longest.toSeconds() + " s for CPUs " + wanted + " and did not get them: "
                            + holders()
                            + "; let fewer JVMs measure at once, give them CPUs of their own (cpus, cpuCount), or set"
                            + " tailgate.cpus.wait");
        }
        if (waited >= TimeUnit.MILLISECONDS.toNanos(SILENT_MILLIS) && waited - TELL_AGAIN_NANOS >= told) {
            LOGGER.log(System.Logger.Level.INFO, "waiting for CPUs " + wanted + ": " + holders());
            told = waited;
        }
    }

    private String holders() {
        List<CpuHolder> others = ReservedCpus.others(reservations).stream()
                .filter(other -> other.cpus().intersection(wanted).isPresent())
                .toList();
        return others.isEmpty()
                ? "a process that this one cannot see has them, as one in another container"
                : others.stream().map(CpuHolder::toString).collect(Collectors.joining("; "));
    }

    private void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineException("interrupted while waiting for CPUs " + wanted + ": " + holders(), e);
        }
    }

    private static CpuSet union(CpuSet one, Optional<CpuSet> other) {
        var both = one.toBitSet();
        other.ifPresent(cpus -> both.or(cpus.toBitSet()));
        return CpuSet.of(both).orElseThrow();
    }
}
