/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;

import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.SettingState;
import io.tailgate.plan.BalancingPlan;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Automatic NUMA balancing of the host, switched off if it was asked for and may be.
 *
 * @param before the value that comes back in the end, null where the kernel has none
 * @param off whether it is off now
 * @param reason why so, in words
 * @param lease keeps it so, null where nothing does
 */
record BalancingChange(
        @Nullable String before,
        boolean off,
        String reason,
        @Nullable SettingLease lease) {

    private static final String NAME = NUMA_BALANCING.title();
    private static final String OFF = "0";

    /** Does what {@code plan} says. */
    static BalancingChange apply(BalancingPlan plan, Machine machine, UndoStack undo) {
        if (!machine.has(NUMA_BALANCING)) {
            return new BalancingChange(null, false, "this kernel has no " + NAME, null);
        }
        String found = machine.read(NUMA_BALANCING);
        return plan == BalancingPlan.OFF
                ? switchOff(found, machine, undo)
                : unchanged(found, "numaBalancing = " + plan + " leaves it so");
    }

    /** Where it is off already it is held all the same: whoever switched it off may be about to end. */
    private static BalancingChange switchOff(String found, Machine machine, UndoStack undo) {
        SettingLease lease;
        try {
            lease = SettingLease.take(NUMA_BALANCING, Optional.empty(), machine.warden(), undo);
        } catch (MachineException e) {
            return unchanged(machine.read(NUMA_BALANCING), String.valueOf(e.getMessage()));
        }
        SettingState state = lease.states().get(0); // it is one file
        return switch (state.kind()) {
            case HELD ->
                new BalancingChange(state.before(), state.now().equals(OFF), held(found, state.before()), lease);
            case KEPT -> new BalancingChange(state.now(), true, NAME + " was already 0", lease);
            case FOREIGN ->
                unchanged(state.now(), "someone else set it so while other tests of this host hold it at 0");
            case ABSENT, REFUSED, RESTORED, SHARED ->
                unchanged(
                        machine.read(NUMA_BALANCING), state.words()); // a dead test's 0 may have been set back just now
        };
    }

    private static String held(String found, String before) {
        return found.equals(OFF)
                ? NAME
                        + " was already 0 for another test of this host, be it that it runs or was killed; it is set back to "
                        + before + " when the last one ends"
                : NAME + " was " + found + " and was set to 0 for the test";
    }

    private static BalancingChange unchanged(String found, String why) {
        return found.equals(OFF)
                ? new BalancingChange(found, true, NAME + " was already 0", null)
                : new BalancingChange(found, false, NAME + " is " + found + ": " + why, null);
    }

    static BalancingChange observed(Machine machine, String why) {
        return new BalancingChange(now(machine), false, why, null);
    }

    static BalancingChange unknown(String why) {
        return new BalancingChange(null, false, why, null);
    }

    /** Returns the value as it is now, null where the kernel has none. */
    static @Nullable String now(Machine machine) {
        return machine.has(NUMA_BALANCING) ? machine.read(NUMA_BALANCING) : null;
    }

    /** Returns what someone else did to the setting, or nothing. */
    List<String> disturbances(@Nullable String expected, @Nullable String now) {
        if (lease != null) {
            return lease.disturbances();
        }
        return Objects.equals(now, expected)
                ? List.of()
                : List.of(NAME + " became " + now + " instead of " + expected + "; another process changed it");
    }
}
