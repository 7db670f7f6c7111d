/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.ThreadId;
import io.tailgate.machine.Topology;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The calling thread, confined to CPUs.
 *
 * <p>Threads that are born meanwhile inherit the confinement and may outlive the test (pools do), so they are freed
 * with it. All is undone by thread number: another thread may close the guard.
 */
final class AffinityChange {

    private static final System.Logger LOGGER = System.getLogger(AffinityChange.class.getName());

    private final Machine machine;
    private final ThreadId thread;
    private final CpuSet pinned;
    private final ReservedCpus reserved;
    private final Topology topology;
    private final Set<ThreadId> older;
    private final JvmThreads jvmThreads;

    private AffinityChange(
            Machine machine, ThreadId thread, ReservedCpus reserved, Topology topology, Set<ThreadId> older) {
        this.machine = machine;
        this.thread = thread;
        this.pinned = reserved.cpus();
        this.reserved = reserved;
        this.topology = topology;
        this.older = older;
        this.jvmThreads = new JvmThreads(reserved, topology, machine, older);
    }

    /** Confines {@code thread}, the calling one, to exactly the CPUs that were reserved. */
    static AffinityChange pin(
            ThreadId thread, ReservedCpus reserved, Topology topology, Machine machine, UndoStack undo) {
        ForkJoinPool.commonPool(); // made on the first use, for the CPUs that its maker then has
        CpuSet before = machine.affinity();
        Map<ThreadId, String> threads = machine.threadNames();
        AffinityChange change = new AffinityChange(machine, thread, reserved, topology, Set.copyOf(threads.keySet()));
        CpuSet cpus = reserved.cpus();
        undo.push(() -> change.giveBack(change.thread, before));
        undo.push(() -> change.freeOtherThreads(before));
        change.jvmThreads.move(threads);
        machine.setAffinity(cpus);
        CpuSet got = machine.affinity();
        if (!got.equals(cpus)) {
            throw new MachineException("asked for CPUs " + cpus + ", but the kernel only gave " + got
                    + "; a cpuset narrows what this process may use");
        }
        return change;
    }

    /** Looks again until there is nobody to free: one that is still confined may give birth to another meanwhile. */
    private void freeOtherThreads(CpuSet before) {
        Set<ThreadId> known = new HashSet<>();
        while (freeOtherThreads(before, known)) {
            // until a look at those that are new finds none
        }
    }

    /** Frees among those that are not {@code known}, and adds them; says whether there was one to free. */
    private boolean freeOtherThreads(CpuSet before, Set<ThreadId> known) {
        UndoStack frees = new UndoStack(); // one thread that is refused does not keep the others confined
        Map<ThreadId, CpuSet> others = machine.affinities(known);
        known.addAll(others.keySet());
        others.forEach((other, cpus) -> {
            boolean isElsewhere = jvmThreads.isElsewhere(other, cpus);
            boolean isBorn = !other.equals(thread) && !older.contains(other) && isConfined(cpus);
            if (isElsewhere || isBorn) {
                frees.push(() -> giveBack(other, isElsewhere ? topology.startMask() : before));
            }
        });
        boolean any = !frees.isEmpty();
        frees.close();
        return any;
    }

    /**
     * Gives a thread the CPUs that it had. If they were all that the cpuset allows it may have any, so that it follows
     * the cpuset when that changes, as it did before.
     */
    private void giveBack(ThreadId to, CpuSet before) {
        boolean hadAll = topology.cpuset()
                .intersection(topology.online())
                .filter(before::equals)
                .isPresent();
        try {
            machine.setAffinity(to, hadAll ? topology.present() : before);
        } catch (MachineException e) {
            if (hadAll) {
                throw e;
            }
            machine.setAffinity(to, topology.present());
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    to + " cannot be given back CPUs " + before + " and may run wherever the cpuset allows",
                    e);
        }
    }

    /** A thread that was started by one of several callers inherits the single CPU of that caller. */
    private boolean isConfined(CpuSet cpus) {
        return cpus.without(pinned).isEmpty();
    }

    /** Returns the CPUs of the test's thread, or empty if it has ended. */
    Optional<CpuSet> now() {
        return machine.affinity(thread);
    }

    /** Moves threads of the JVM that were born since. */
    void startWindow() {
        jvmThreads.moveNewOnes();
    }

    /** Returns what is worth knowing of where the test ran, empty where nothing is. */
    Optional<String> remark() {
        String remark = Stream.of(reserved.shared(), jvmThreads.remark())
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        return remark.isEmpty() ? Optional.empty() : Optional.of(remark);
    }

    /** Returns what someone else did to the affinity since, or empty. */
    Optional<String> disturbance() {
        return now().filter(cpus -> !cpus.equals(pinned))
                .map(cpus -> "the test's thread was put on CPUs " + cpus + " instead of " + pinned + why());
    }

    private String why() {
        Topology current = machine.topology();
        return pinned.without(current.online())
                .map(cpus -> "; CPUs " + cpus + " went offline")
                .or(() -> pinned.without(current.cpuset())
                        .map(cpus -> "; the cpuset of this process now allows " + current.cpuset()))
                .orElse("");
    }
}
