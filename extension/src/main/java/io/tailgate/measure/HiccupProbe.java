/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.measure.Noise.Hiccups;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A thread on a CPU that no caller has, asleep for 1 ms at a time: how much longer it sleeps is what the whole machine
 * does to whoever waits, a hypervisor's or the JVM's pauses first of all (after Tene's jHiccup).
 */
final class HiccupProbe implements AutoCloseable {

    /** The probe's thread, by which a test machine tells it from the test's. */
    static final String THREAD = "tailgate-hiccups";

    private static final long ASLEEP_NS = 1_000_000;

    private final Machine machine;
    private final int cpu;
    private final Histogram overshoot = new Histogram(3);
    private final Thread thread;
    private volatile boolean stop;
    private volatile long sleeps;
    private @Nullable MachineException refused;

    private HiccupProbe(Machine machine, int cpu) {
        this.machine = machine;
        this.cpu = cpu;
        this.thread = new Thread(this::listen, THREAD);
        this.thread.setDaemon(true);
    }

    /** Starts a probe on the last of {@code spare}; null where there is none. */
    static @Nullable HiccupProbe start(Machine machine, @Nullable CpuSet spare) {
        if (spare == null) {
            return null;
        }
        HiccupProbe probe = new HiccupProbe(machine, spare.stream().max().orElseThrow());
        probe.thread.start();
        return probe;
    }

    private void listen() {
        try {
            machine.setAffinity(CpuSet.of(cpu));
        } catch (MachineException e) {
            refused = e;
            return;
        }
        while (!stop) {
            sleeps = overshoot.getTotalCount() + 1; // before the switch to which it leads is counted
            long start = System.nanoTime();
            LockSupport.parkNanos(ASLEEP_NS);
            overshoot.recordValue(Math.max(0, System.nanoTime() - start - ASLEEP_NS));
        }
    }

    /** Returns how often it went to sleep so far: the context switches that the process has from it. */
    long sleeps() {
        return sleeps;
    }

    /** Ends the probe and returns what it saw; null where it saw nothing, as when it could not have its CPU. */
    @Nullable
    Hiccups end() {
        close();
        return refused != null || overshoot.getTotalCount() == 0
                ? null
                : new Hiccups(
                        overshoot.getTotalCount(), overshoot.getValueAtPercentile(99), overshoot.getMaxValue(), cpu);
    }

    /** Ends the probe; waits for it uninterruptibly, for it wakes within some ms. */
    @Override
    public void close() {
        stop = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
