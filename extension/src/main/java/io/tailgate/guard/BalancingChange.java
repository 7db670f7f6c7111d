/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;

import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.plan.BalancingPlan;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Automatic NUMA balancing of the host, switched off if it was asked for and may be.
 *
 * @param before the value that was found, null where the kernel has none
 * @param off whether it is off now
 * @param reason why so, in words
 */
record BalancingChange(@Nullable String before, boolean off, String reason) {

    private static final System.Logger LOGGER = System.getLogger(BalancingChange.class.getName());
    private static final String NAME = "kernel.numa_balancing";
    private static final String OFF = "0";

    /** Restores what dead guards left behind, then does what {@code plan} says. */
    static BalancingChange apply(BalancingPlan plan, Machine machine, UndoStack undo) {
        if (!machine.has(NUMA_BALANCING)) {
            return new BalancingChange(null, false, "this kernel has no " + NAME);
        }
        HeldSetting.giveBackOverdue(machine);
        if (plan == BalancingPlan.OFF) {
            return switchOff(machine, undo);
        }
        recover(machine);
        return unchanged(machine, "numaBalancing = " + plan + " leaves it so");
    }

    private static void recover(Machine machine) {
        try {
            StateDirectory.openIfThere(machine.stateDirectory()).ifPresent(state -> {
                try (state) {
                    new RestoreJournal(state, machine).recover();
                }
            });
        } catch (MachineException e) {
            // as for every ordinary user, who could not write the setting either
            LOGGER.log(System.Logger.Level.DEBUG, "no look into the records of other guards", e);
        }
    }

    private static BalancingChange switchOff(Machine machine, UndoStack undo) {
        StateDirectory state;
        try {
            state = StateDirectory.open(machine.stateDirectory());
        } catch (MachineException e) {
            // an ordinary user is told about the setting, not about a folder; without the lock nothing may be written,
            // not even to find out
            return unchanged(
                    machine,
                    machine.whyNotOpenable(NUMA_BALANCING)
                            .orElse(e.getMessage() + "; without a record of what to restore it is not touched"));
        }
        try (state) {
            return switchOff(new RestoreJournal(state, machine), machine, undo);
        }
    }

    private static BalancingChange switchOff(RestoreJournal journal, Machine machine, UndoStack undo) {
        journal.recover();
        String before = machine.read(NUMA_BALANCING);
        if (before.equals(OFF)) {
            return new BalancingChange(before, true, NAME + " was already 0" + heldBy(journal));
        }
        Optional<String> refusal = machine.whyNotWritable(NUMA_BALANCING);
        if (refusal.isPresent()) {
            return unchanged(machine, refusal.get());
        }
        HeldSetting held = new HeldSetting(machine, NUMA_BALANCING, before, OFF);
        undo.push(held::giveBack);
        try {
            held.prepare(journal);
        } catch (MachineException e) {
            return unchanged(machine, e.getMessage() + "; without a record of what to restore it is not touched");
        }
        held.change();
        return new BalancingChange(before, true, NAME + " was " + before + " and is 0 until the test ends");
    }

    private static String heldBy(RestoreJournal journal) {
        return journal.holder(NUMA_BALANCING)
                .map(record -> ", held there by process " + record.owner().pid() + ", which sets it back to "
                        + record.before() + " when its test ends")
                .orElse("");
    }

    private static BalancingChange unchanged(Machine machine, String why) {
        String found = machine.read(NUMA_BALANCING);
        return found.equals(OFF)
                ? new BalancingChange(found, true, NAME + " was already 0")
                : new BalancingChange(found, false, NAME + " is " + found + ": " + why);
    }

    /** Returns the value as it is now, null where the kernel has none. */
    static @Nullable String now(Machine machine) {
        return machine.has(NUMA_BALANCING) ? machine.read(NUMA_BALANCING) : null;
    }
}
