/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.ThreadId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;

/**
 * The calling thread, confined to CPUs.
 *
 * <p>Threads that are born meanwhile inherit the confinement and may outlive the test (pools do), so they are freed
 * with it. All is undone by thread number: another thread may close the guard.
 */
final class AffinityChange {

    private final Machine machine;
    private final ThreadId thread;
    private final CpuSet pinned;
    private final Optional<String> shared;

    private AffinityChange(Machine machine, ThreadId thread, ReservedCpus reserved) {
        this.machine = machine;
        this.thread = thread;
        this.pinned = reserved.cpus();
        this.shared = reserved.shared();
    }

    /** Confines the calling thread to exactly the CPUs that were reserved. */
    static AffinityChange pin(ReservedCpus reserved, Machine machine, UndoStack undo) {
        ForkJoinPool.commonPool(); // made on the first use, for the CPUs that its maker then has
        CpuSet before = machine.affinity();
        AffinityChange change = new AffinityChange(machine, machine.currentThread(), reserved);
        CpuSet cpus = reserved.cpus();
        Set<ThreadId> older = machine.affinities().keySet();
        undo.push(() -> machine.setAffinity(change.thread, before));
        undo.push(() -> change.freeThreadsBornSince(older, before));
        machine.setAffinity(cpus);
        CpuSet got = machine.affinity();
        if (!got.equals(cpus)) {
            throw new MachineException("asked for CPUs " + cpus + ", but the kernel only gave " + got
                    + "; a cpuset narrows what this process may use");
        }
        return change;
    }

    private void freeThreadsBornSince(Set<ThreadId> older, CpuSet before) {
        UndoStack frees = new UndoStack(); // one thread that is refused does not keep the others confined
        machine.affinities().forEach((other, cpus) -> {
            if (!other.equals(thread) && !older.contains(other) && isConfined(cpus)) {
                frees.push(() -> machine.setAffinity(other, before));
            }
        });
        frees.close();
    }

    /** A thread that was started by one of several callers inherits the single CPU of that caller. */
    private boolean isConfined(CpuSet cpus) {
        return cpus.without(pinned).isEmpty();
    }

    /** Returns the CPUs of the test's thread, or empty if it has ended. */
    Optional<CpuSet> now() {
        return machine.affinity(thread);
    }

    /** Returns what is worth knowing of where the test ran, empty where all is as it should be. */
    Optional<String> remark() {
        return shared;
    }

    /** Returns what someone else did to the affinity since, or empty. */
    Optional<String> disturbance() {
        return now().filter(cpus -> !cpus.equals(pinned))
                .map(cpus -> "the test's thread was put on CPUs " + cpus + " instead of " + pinned);
    }
}
