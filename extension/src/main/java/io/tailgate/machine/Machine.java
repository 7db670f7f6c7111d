/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Everything this library asks of the operating system.
 *
 * <p>The only seam to the outside: production code gets the Linux one, tests get {@code FakeMachine}. A call either
 * does what it says or throws {@link MachineException}; none falls back to a default, none answers 0 for "unreadable".
 */
public interface Machine extends CpuAffinity, NumaMemory, KernelSettings {

    /**
     * Returns why this machine cannot be controlled at all (not Linux, no JNA), in words; then every other method but
     * {@link #facts} and {@link #gcCollections} throws. Empty on a machine that can.
     */
    Optional<String> whyUnsupported();

    /** Returns the one who changes settings of the whole host; the same one at each call. */
    Warden warden();

    /** Returns who of this host measures where; one for the whole process. */
    CpuReservations reservations();

    /** Returns how memory policies keep automatic NUMA balancing away from this process. */
    MemoryShield shield();

    /** Returns the number of this process, as {@code /proc} of its namespace has it. */
    int processId();

    /** Returns a reader of the calling thread's counters, for use by that thread only. */
    CounterReader counters();

    /**
     * Returns a reader of the calling thread's waits for a CPU, to be used and closed by that thread only; empty where the
     * kernel does not count them.
     */
    Optional<RunDelayReader> runDelay();

    /**
     * Returns the growing number of garbage collections of this JVM, for nanoseconds a call and without allocation;
     * empty where the JVM does not publish it.
     */
    Optional<LongSupplier> gcCollections();

    /** Returns the host's {@code numa_hint_faults} since boot; empty where the kernel does not count them. */
    OptionalLong numaHintFaults();

    /**
     * Returns the host's {@code numa_pte_updates} since boot, the page table entries that automatic NUMA balancing took
     * away to see who uses the page; empty where the kernel does not count them.
     */
    OptionalLong numaPteUpdates();

    /**
     * Returns how many interrupts of devices each online CPU has served since boot, as read once by this process; none
     * where that cannot be read.
     */
    Map<Integer, Long> deviceInterrupts();

    /**
     * Returns what is known of this host, in a fixed order: CPU model, counts, kernel, governor, quota and so on. What
     * cannot be read says {@code unknown: why}.
     */
    Map<String, String> facts();
}
