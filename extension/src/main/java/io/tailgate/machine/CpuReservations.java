/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.util.List;
import java.util.Optional;

/**
 * Which process of this host measures on which CPUs; one at a time on each.
 *
 * <p>Counted within this process: what it has it may reserve again, and keeps until it was released as often. A process
 * that dies holds nothing.
 */
public interface CpuReservations {

    /**
     * Reserves all of {@code cpus} or none, without waiting and without passing those who wait.
     *
     * @return empty if they were reserved, else one that another process has or waits for
     * @throws MachineException if this host cannot reserve CPUs
     */
    Optional<CpuSet> reserve(CpuSet cpus);

    /** Gives {@code cpus} back. */
    void release(CpuSet cpus);

    /**
     * Stands in line for all of {@code cpus}, or for none where another process does already for one of them: from now
     * on no other process can reserve them.
     */
    boolean queue(CpuSet cpus);

    /** Leaves the line. */
    void leaveQueue(CpuSet cpus);

    /** Returns the other processes that have or wait for CPUs, as far as this one may see them. */
    List<CpuHolder> others();
}
