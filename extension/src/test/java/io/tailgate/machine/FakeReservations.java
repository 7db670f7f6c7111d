/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reservations in memory: other processes hold what a test says, for as many looks as it says. */
public final class FakeReservations implements CpuReservations {

    private final List<String> log = new ArrayList<>();
    private final Map<CpuHolder, Integer> others = new HashMap<>();
    private Optional<String> refusal = Optional.empty();
    private final Map<Integer, Long> interrupts = new HashMap<>();
    private boolean hidden;

    public List<String> log() {
        return List.copyOf(log);
    }

    /** Lets another process measure on {@code cpus} until it was looked for so often. */
    public FakeReservations takenBy(long pid, CpuSet cpus, int looks) {
        others.put(new CpuHolder(pid, "java -jar other.jar", cpus, false), looks);
        return this;
    }

    /** Lets nobody see who holds what, as from inside a container. */
    public FakeReservations hidingOthers() {
        hidden = true;
        return this;
    }

    /** Lets a device interrupt a CPU so often. */
    public FakeReservations interrupts(int cpu, long count) {
        interrupts.put(cpu, count);
        return this;
    }

    Map<Integer, Long> interrupts() {
        return Map.copyOf(interrupts);
    }

    public FakeReservations refusing(String why) {
        refusal = Optional.of(why);
        return this;
    }

    @Override
    public Optional<CpuSet> reserve(CpuSet cpus) {
        refusal.ifPresent(why -> {
            throw new MachineException(why);
        });
        for (CpuHolder other : List.copyOf(others.keySet())) {
            Optional<CpuSet> both = other.cpus().intersection(cpus);
            if (both.isPresent()) {
                return both;
            }
        }
        log.add("reserve " + cpus);
        return Optional.empty();
    }

    @Override
    public void release(CpuSet cpus) {
        log.add("release " + cpus);
    }

    @Override
    public boolean queue(CpuSet cpus) {
        log.add("queue " + cpus);
        return true;
    }

    @Override
    public void leaveQueue(CpuSet cpus) {
        log.add("leave queue " + cpus);
    }

    @Override
    public List<CpuHolder> others() {
        others.replaceAll((other, looks) -> looks - 1);
        others.values().removeIf(looks -> looks < 0);
        return hidden ? List.of() : List.copyOf(others.keySet());
    }
}
