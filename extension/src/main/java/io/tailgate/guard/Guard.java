/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import io.tailgate.machine.NumaPolicy;
import io.tailgate.machine.ThreadId;
import io.tailgate.machine.Topology;
import io.tailgate.plan.Placement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The changes made to the machine for one test; closing it takes them back, last first.
 *
 * <p>What is restored is what was read before the change, never a default, and never over a value that someone else
 * wrote meanwhile. What each change does is in {@link BalancingChange}, {@link QuietChange}, {@link PolicyChange} and {@link AffinityChange}.
 */
public final class Guard implements AutoCloseable {

    private final UndoStack undo;
    private final @Nullable PolicyChange policy;
    private final Evidence evidence;

    private Guard(UndoStack undo, @Nullable PolicyChange policy, Evidence evidence) {
        this.undo = undo;
        this.policy = policy;
        this.evidence = evidence;
    }

    /**
     * Chooses the CPUs of a test among those that are free now; changes nothing, and they may be taken meanwhile.
     *
     * @throws PlacementException if the machine does not have or give what was asked for
     */
    public static CpuSet choose(Placement placement, Machine machine) {
        Topology topology = machine.topology();
        CpuSet cpus = ReservedCpus.choose(placement, topology, machine);
        PolicyChoice.choose(placement.memory(), cpus, topology);
        return cpus;
    }

    /**
     * Applies {@code placement} to the calling thread and the host, or leaves both as they were and throws.
     *
     * <p>On a machine that cannot be controlled at all nothing is done, and {@link #protection} says why.
     */
    public static Guard apply(Placement placement, Machine machine) {
        UndoStack undo = new UndoStack();
        if (machine.whyUnsupported().isPresent()) {
            String why = machine.whyUnsupported().get();
            QuietChange quiet = QuietChange.refused(placement.quiet(), why);
            return new Guard(undo, null, Evidence.unsupported(why, quiet));
        }
        ThreadId thread = machine.currentThread(); // refuses a virtual thread before anything is changed
        Topology topology = machine.topology();
        try {
            ReservedCpus reserved = ReservedCpus.take(placement, topology, machine, undo);
            CpuSet cpus = reserved.cpus();
            Optional<NumaPolicy> chosen = PolicyChoice.choose(placement.memory(), cpus, topology);
            BalancingChange balancing = BalancingChange.apply(placement.balancing(), machine, undo);
            QuietChange quiet = QuietChange.apply(placement.quiet(), cpus, machine.warden(), undo);
            PolicyChange policy =
                    chosen.isEmpty() ? null : PolicyChange.set(chosen.get(), balancing.off(), machine, undo);
            AffinityChange affinity = AffinityChange.pin(thread, reserved, topology, machine, undo);
            return new Guard(undo, policy, Evidence.of(machine, balancing, quiet, policy, affinity));
        } catch (RuntimeException | Error e) {
            closeAfter(e, undo);
            throw e;
        }
    }

    private static void closeAfter(Throwable cause, UndoStack undo) {
        try {
            undo.close();
        } catch (RuntimeException | Error e) {
            cause.addSuppressed(e);
        }
    }

    /** Changes nothing and only looks on, for a test that asked for no placement. */
    public static Guard observe(Machine machine) {
        String why = "no @PinnedNuma";
        return new Guard(
                new UndoStack(),
                null,
                machine.whyUnsupported()
                        .map(unsupported -> Evidence.unsupported(why + "; " + unsupported, QuietChange.NONE))
                        .orElseGet(() -> Evidence.observing(machine, why)));
    }

    /**
     * Says whether automatic NUMA balancing worked on this host until it was kept away from the test, and pages which it
     * had unmapped by then may fault once more since not all could be mapped again.
     */
    public boolean leavesUnmappedPages() {
        return evidence.leavesUnmappedPages();
    }

    /** Gives what was mapped since {@link #apply} the test's memory policy, too. */
    public void cover() {
        if (policy != null) {
            policy.renew();
        }
    }

    /** Covers what was mapped since, and notes how the machine is when measuring starts. */
    public void startWindow() {
        evidence.startWindow();
    }

    /** Reads everything again; {@link #protection} then tells what changed under the test. */
    public void endWindow() {
        evidence.endWindow();
    }

    /** Returns what protected the test; complete after {@link #endWindow}. */
    public Protection protection() {
        return evidence.protection();
    }

    /** Returns the CPUs of the test's thread as read back; null where the machine cannot tell. */
    public @Nullable CpuSet cpus() {
        return evidence.protection().cpus();
    }

    /**
     * Returns the usable CPUs that neither {@code cpus} nor another process measures on, nor share a core with {@code
     * cpus}: whoever wakes there each ms would slow them down. Null where there are none.
     */
    public static @Nullable CpuSet spareBeside(@Nullable CpuSet cpus, Machine machine) {
        if (cpus == null || machine.whyUnsupported().isPresent()) {
            return null;
        }
        Topology topology = machine.topology();
        Optional<CpuSet> spare = topology.usable().without(cpus);
        for (CpuSet core : topology.cores()) {
            spare = core.intersection(cpus).isPresent() ? spare.flatMap(free -> free.without(core)) : spare;
        }
        Optional<CpuSet> taken = ReservedCpus.taken(machine.reservations());
        return spare.flatMap(free -> taken.isPresent() ? free.without(taken.get()) : Optional.of(free))
                .orElse(null);
    }

    /** Takes every change back even if taking one back fails; the first failure is thrown, the others suppressed. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted(); // or it would close the files that undoing needs
        try {
            undo.close();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
