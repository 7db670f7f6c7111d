/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.CounterReader;
import io.tailgate.machine.CpuAffinity;
import io.tailgate.machine.CpuReservations;
import io.tailgate.machine.CpuSet;
import io.tailgate.machine.KernelSetting;
import io.tailgate.machine.KernelSettings;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MemoryShield;
import io.tailgate.machine.NumaMemory;
import io.tailgate.machine.NumaPolicy;
import io.tailgate.machine.RunDelayReader;
import io.tailgate.machine.ThreadId;
import io.tailgate.machine.Topology;
import io.tailgate.machine.Warden;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/** The Linux that this JVM runs on: hands each question to the class that knows its files and calls. */
final class LinuxMachine implements Machine {

    private final Path proc;
    private final Path sys;
    private final LibC libc;
    private final CpuAffinity affinity;
    private final NumaMemory memory;
    private final MemoryShield shield;
    private final KernelSettings settings;
    private final CpuReservations reservations;
    private final DeviceInterrupts interrupts;
    private final Warden warden;

    /** Tests give captured trees and an invented {@code libc}. */
    LinuxMachine(Path proc, Path sys, LibC libc) {
        this.proc = proc;
        this.sys = sys;
        this.libc = libc;
        this.affinity = new LinuxAffinity(proc, new SysTopology(proc, sys), libc);
        PolicyCalls policies = new PolicyCalls(libc);
        this.memory = new LinuxNumaMemory(policies);
        this.shield = new LinuxMemoryShield(proc, sys, policies, new ThreadPolicies(proc, libc), libc);
        this.settings = new LinuxKernelSettings(proc);
        this.interrupts = new DeviceInterrupts(proc);
        this.reservations = new LinuxReservations(proc, sys, libc);
        this.warden = new LinuxWarden(WardenRoutes.ofThisHost(proc, libc));
    }

    @Override
    public Optional<String> whyUnsupported() {
        return Optional.empty();
    }

    @Override
    public Warden warden() {
        return warden;
    }

    @Override
    public CpuReservations reservations() {
        return reservations;
    }

    @Override
    public Map<Integer, Long> deviceInterrupts() {
        return interrupts.byCpu();
    }

    @Override
    public CounterReader counters() {
        PlatformThreads.require("read the counters");
        return libc.getrusage();
    }

    @Override
    public Optional<RunDelayReader> runDelay() {
        PlatformThreads.require("read the waits for a CPU");
        return SchedstatReader.open(proc.resolve("thread-self/schedstat"));
    }

    @Override
    public Optional<LongSupplier> gcCollections() {
        return PerfData.gcCollections(PerfData.fileOf(processId()));
    }

    @Override
    public int processId() {
        return ProcStat.processId(proc);
    }

    @Override
    public OptionalLong numaHintFaults() {
        return vmstat("numa_hint_faults ");
    }

    @Override
    public OptionalLong numaPteUpdates() {
        return vmstat("numa_pte_updates ");
    }

    private OptionalLong vmstat(String name) {
        return KernelFiles.required(proc.resolve("vmstat"), "the host's " + name.strip()).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.substring(name.length())))
                .findFirst();
    }

    @Override
    public Map<String, String> facts() {
        return HostFacts.read(proc, sys, this::topology);
    }

    @Override
    public Topology topology() {
        return affinity.topology();
    }

    @Override
    public ThreadId currentThread() {
        return affinity.currentThread();
    }

    @Override
    public CpuSet affinity() {
        return affinity.affinity();
    }

    @Override
    public void setAffinity(CpuSet cpus) {
        affinity.setAffinity(cpus);
    }

    @Override
    public Map<ThreadId, CpuSet> affinities(Set<ThreadId> known) {
        return affinity.affinities(known);
    }

    @Override
    public Map<ThreadId, String> threadNames() {
        return affinity.threadNames();
    }

    @Override
    public Optional<CpuSet> affinity(ThreadId thread) {
        return affinity.affinity(thread);
    }

    @Override
    public boolean setAffinity(ThreadId thread, CpuSet cpus) {
        return affinity.setAffinity(thread, cpus);
    }

    @Override
    public NumaPolicy threadPolicy() {
        return memory.threadPolicy();
    }

    @Override
    public void setThreadPolicy(NumaPolicy policy) {
        memory.setThreadPolicy(policy);
    }

    @Override
    public MemoryShield shield() {
        return shield;
    }

    @Override
    public boolean has(KernelSetting setting) {
        return settings.has(setting);
    }

    @Override
    public String read(KernelSetting setting) {
        return settings.read(setting);
    }
}
