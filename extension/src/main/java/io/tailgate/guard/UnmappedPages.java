/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;

/**
 * Pages that automatic NUMA balancing took out of the page tables to see who uses them.
 *
 * <p>Keeping it away takes no more of them, and gives none back: each that was taken before still faults once.
 */
final class UnmappedPages {

    private static final String OFF = "0";

    private UnmappedPages() {}

    /** Says whether there may be any where balancing is kept away now. */
    static boolean mayBeLeft(Protection protection, Machine machine) {
        String before = protection.balancingBefore();
        boolean keptAway = protection.tier() == Tier.SYSCTL || protection.tier() == Tier.POLICY_SWEEP;
        return keptAway && before != null && !before.equals(OFF) && everTaken(machine);
    }

    private static boolean everTaken(Machine machine) {
        try {
            return machine.numaPteUpdates().orElse(1) > 0;
        } catch (MachineException e) {
            return true; // whoever cannot read it must settle to be sure
        }
    }
}
