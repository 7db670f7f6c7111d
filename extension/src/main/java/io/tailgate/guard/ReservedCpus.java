/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CpuHolder;
import io.tailgate.machine.CpuReservations;
import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.Topology;
import io.tailgate.plan.Placement;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The CPUs of a test, on which no other JVM of this host measures as long as it runs.
 *
 * @param taken CPUs on which others measure, or for which they wait
 * @param shared why another JVM may measure there too, empty if none can
 */
record ReservedCpus(CpuSet cpus, Optional<CpuSet> taken, Optional<String> shared) {

    /** Chooses without reserving: of CPUs to choose from those that are free now. */
    static CpuSet choose(Placement placement, Topology topology, Machine machine) {
        return choice(placement, topology, machine)
                .choose(placement.cpuWait().isZero() ? Optional.empty() : taken(machine.reservations()));
    }

    private static CpuChoice choice(Placement placement, Topology topology, Machine machine) {
        return new CpuChoice(placement, topology, machine.deviceInterrupts());
    }

    static Optional<CpuSet> taken(CpuReservations reservations) {
        BitSet cpus = new BitSet();
        others(reservations).forEach(other -> cpus.or(other.cpus().toBitSet()));
        return CpuSet.of(cpus);
    }

    /** Returns who else has or wants CPUs; where that cannot be read nobody seems to, and the locks tell. */
    static List<CpuHolder> others(CpuReservations reservations) {
        try {
            return reservations.others();
        } catch (MachineException e) {
            return List.of();
        }
    }

    /** Chooses and reserves, and waits until it can. */
    static ReservedCpus take(Placement placement, Topology topology, Machine machine, UndoStack undo) {
        CpuChoice choice = choice(placement, topology, machine);
        if (placement.cpuWait().isZero()) {
            return new ReservedCpus(choice.choose(Optional.empty()), Optional.empty(), Optional.empty());
        }
        CpuReservations reservations = machine.reservations();
        return new CpuWait(choice, reservations, placement.cpuWait()).take(undo);
    }
}
