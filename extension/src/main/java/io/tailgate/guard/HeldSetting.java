/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.KernelSetting;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A setting that this JVM has changed and must give back: when its guard closes, when the JVM shuts down, or by the
 * record in the journal when neither could happen.
 *
 * <p>The fields of each are guarded by the lock of the {@link StateDirectory}.
 */
final class HeldSetting {

    private static final System.Logger LOGGER = System.getLogger(HeldSetting.class.getName());

    /** Those whose guard has closed and that are not given back, be it that a thread is just about to. */
    private static final Set<HeldSetting> OVERDUE = ConcurrentHashMap.newKeySet();

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
        record = journal.write(new RestoreRecord(setting, before, ours, machine.self()));
        try {
            Runtime.getRuntime().addShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            journal.remove(record);
            record = null;
            throw new MachineException("this JVM is shutting down", e);
        }
    }

    /** Writes the value and reads it back. */
    void change() {
        machine.write(setting, ours);
        String found = machine.read(setting);
        if (!found.equals(ours)) {
            throw new MachineException("wrote " + ours + " to " + setting + ", but it reads " + found);
        }
    }

    /**
     * Gives the setting back, once; any thread may, and the shutdown hook may at the same time.
     *
     * <p>Until that has succeeded the hook and the next guard of this JVM try it again.
     */
    void giveBack() {
        OVERDUE.add(this);
        try (StateDirectory state = StateDirectory.open(machine.stateDirectory())) {
            String name = record;
            if (name != null) {
                giveBack(new RestoreJournal(state, machine), name);
                record = null;
            }
        }
        OVERDUE.remove(this);
        removeHook();
    }

    private void giveBack(RestoreJournal journal, String name) {
        if (journal.hasYounger(name, setting)) { // someone wrote the setting since, and the younger one found it
            journal.remove(name);
            journal.recover();
        } else {
            RestoreJournal.giveBack(machine, setting, before, ours);
            journal.remove(name);
        }
    }

    /** Gives back what earlier guards of this JVM could not; a failure is told and does not stop the rest. */
    static void giveBackOverdue(Machine machine) {
        for (HeldSetting held : OVERDUE) {
            try {
                if (held.machine.stateDirectory().equals(machine.stateDirectory())) {
                    held.giveBack();
                }
            } catch (MachineException e) {
                LOGGER.log(Level.WARNING, held.setting + " still cannot be given back", e);
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
