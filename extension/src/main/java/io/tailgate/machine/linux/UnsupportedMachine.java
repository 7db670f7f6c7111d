/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.CounterReader;
import io.tailgate.machine.CpuReservations;
import io.tailgate.machine.CpuSet;
import io.tailgate.machine.KernelSetting;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.MemoryShield;
import io.tailgate.machine.NumaPolicy;
import io.tailgate.machine.RunDelayReader;
import io.tailgate.machine.ThreadId;
import io.tailgate.machine.Topology;
import io.tailgate.machine.Warden;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/** A host that cannot be controlled; it says why at each question, so that nothing is silently left undone. */
final class UnsupportedMachine implements Machine {

    private final String why;

    UnsupportedMachine(String why) {
        this.why = why;
    }

    private MachineException unsupported() {
        return new MachineException(why);
    }

    @Override
    public Optional<String> whyUnsupported() {
        return Optional.of(why);
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("host", "unknown: " + why);
    }

    @Override
    public Topology topology() {
        throw unsupported();
    }

    @Override
    public ThreadId currentThread() {
        throw unsupported();
    }

    @Override
    public CpuSet affinity() {
        throw unsupported();
    }

    @Override
    public void setAffinity(CpuSet cpus) {
        throw unsupported();
    }

    @Override
    public Map<ThreadId, CpuSet> affinities(Set<ThreadId> known) {
        throw unsupported();
    }

    @Override
    public Map<ThreadId, String> threadNames() {
        throw unsupported();
    }

    @Override
    public Optional<CpuSet> affinity(ThreadId thread) {
        throw unsupported();
    }

    @Override
    public boolean setAffinity(ThreadId thread, CpuSet cpus) {
        throw unsupported();
    }

    @Override
    public NumaPolicy threadPolicy() {
        throw unsupported();
    }

    @Override
    public void setThreadPolicy(NumaPolicy policy) {
        throw unsupported();
    }

    @Override
    public MemoryShield shield() {
        throw unsupported();
    }

    @Override
    public int processId() {
        throw unsupported();
    }

    @Override
    public boolean has(KernelSetting setting) {
        throw unsupported();
    }

    @Override
    public String read(KernelSetting setting) {
        throw unsupported();
    }

    @Override
    public Warden warden() {
        throw unsupported();
    }

    @Override
    public CpuReservations reservations() {
        throw unsupported();
    }

    @Override
    public Map<Integer, Long> deviceInterrupts() {
        throw unsupported();
    }

    @Override
    public CounterReader counters() {
        throw unsupported();
    }

    @Override
    public Optional<RunDelayReader> runDelay() {
        throw unsupported();
    }

    @Override
    public Optional<LongSupplier> gcCollections() {
        return Optional.empty(); // asked of every JVM, and "not published" is an answer
    }

    @Override
    public OptionalLong numaHintFaults() {
        throw unsupported();
    }

    @Override
    public OptionalLong numaPteUpdates() {
        throw unsupported();
    }
}
