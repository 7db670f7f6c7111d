/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CpuSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of the usable CPUs of a node a test would rather have. Pure.
 *
 * <p>First those on which nobody else measures. Then one of each core before the second of any, so that the others of
 * the core stay idle while there is room; a CPU beside one that is taken counts as a second. Then those that devices
 * leave in peace, and last CPU 0, which has the kernel's own chores.
 */
final class CpuOrder {

    /** A CPU that served so many times more interrupts of devices than the middle one has a device bound to it. */
    private static final int MANY_TIMES = 4;

    private static final long FEW = 1_000;

    private final CpuSet usable;
    private final Optional<CpuSet> taken;
    private final Map<Integer, Long> interrupts;
    private final long many;
    private final Map<Integer, Integer> busySiblings = new HashMap<>();

    CpuOrder(CpuSet usable, List<CpuSet> cores, Optional<CpuSet> taken, Map<Integer, Long> interrupts) {
        this.usable = usable;
        this.taken = taken;
        this.interrupts = interrupts;
        this.many = MANY_TIMES * Math.max(FEW, middle(usable, interrupts));
        cores.forEach(this::rank);
    }

    private static long middle(CpuSet cpus, Map<Integer, Long> interrupts) {
        long[] counts = cpus.stream()
                .mapToLong(cpu -> interrupts.getOrDefault(cpu, 0L))
                .sorted()
                .toArray();
        return counts[(counts.length - 1) / 2];
    }

    private boolean isTaken(int cpu) {
        return taken.isPresent() && taken.get().contains(cpu);
    }

    private boolean isInterrupted(int cpu) {
        return interrupts.getOrDefault(cpu, 0L) > many;
    }

    private Comparator<Integer> apart() {
        return Comparator.<Integer, Boolean>comparing(this::isTaken)
                .thenComparing(this::isInterrupted)
                .thenComparing(cpu -> cpu == 0)
                .thenComparing(Comparator.naturalOrder());
    }

    /** Notes for each CPU how many of its core would be busy before it: taken ones, and those that are rather chosen. */
    private void rank(CpuSet core) {
        int busy = (int) core.stream().filter(this::isTaken).count();
        for (int cpu : sorted(core.stream().boxed().filter(usable::contains), apart())) {
            busySiblings.put(cpu, busy++);
        }
    }

    private static int[] sorted(Stream<Integer> cpus, Comparator<Integer> order) {
        return cpus.sorted(order).mapToInt(Integer::intValue).toArray();
    }

    /** Returns the {@code count} best. */
    CpuSet first(int count) {
        Comparator<Integer> best = Comparator.<Integer, Boolean>comparing(this::isTaken)
                .thenComparing(cpu -> busySiblings.getOrDefault(cpu, 0))
                .thenComparing(apart());
        int[] cpus = sorted(usable.stream().boxed(), best);
        return CpuSet.of(cpus[0], Arrays.copyOf(cpus, count));
    }

    /** Returns the one to leave if all others are had: taken, else interrupted most, else the lowest, often CPU 0. */
    int leastWanted() {
        return usable.stream()
                .boxed()
                .min(Comparator.<Integer, Boolean>comparing(cpu -> !isTaken(cpu))
                        .thenComparing(cpu -> isInterrupted(cpu) ? -interrupts.getOrDefault(cpu, 0L) : 0L)
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }
}
