/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.KernelSetting;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import org.jspecify.annotations.Nullable;

/**
 * A setting that this JVM has changed and must give back: when its guard closes, when the JVM shuts down, or by the
 * record in the journal when neither could happen.
 *
 * <p>All fields are guarded by the lock of the {@link StateDirectory}.
 */
final class HeldSetting {

    private final Machine machine;
    private final KernelSetting setting;
    private final String before;
    private final String ours;
    private final Thread atShutdown = new Thread(this::giveBack, "tailgate-restore");
    private @Nullable String record;

    HeldSetting(Machine machine, KernelSetting setting, String before, String ours) {
        this.machine = machine;
        this.setting = setting;
        this.before = before;
        this.ours = ours;
    }

    /** Makes the change recoverable; nothing is changed yet. */
    void prepare(RestoreJournal journal) {
        String written = journal.write(new RestoreRecord(setting, before, ours, machine.self()));
        try {
            Runtime.getRuntime().addShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            journal.remove(written);
            throw new MachineException("this JVM is shutting down", e);
        }
        record = written;
    }

    /** Writes the value and reads it back. */
    void change() {
        machine.write(setting, ours);
        String found = machine.read(setting);
        if (!found.equals(ours)) {
            throw new MachineException("wrote " + ours + " to " + setting + ", but it reads " + found);
        }
    }

    /** Gives the setting back, once; any thread may, and the shutdown hook may at the same time. */
    void giveBack() {
        removeHook();
        try (StateDirectory state = StateDirectory.open(machine.stateDirectory())) {
            String name = record;
            if (name != null) {
                RestoreJournal.giveBack(machine, setting, before, ours);
                new RestoreJournal(state, machine).remove(name);
                record = null;
            }
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            // shutting down: the hook runs too, and finds nothing left to do or waits for the lock
        }
    }
}
