/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.KernelSetting;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The settings that guards of this host have changed and not yet given back.
 *
 * <p>A record is durable before its setting is written and removed after it was restored. Lives no longer than the lock
 * on its {@link StateDirectory}.
 */
final class RestoreJournal {

    private static final System.Logger LOGGER = System.getLogger(RestoreJournal.class.getName());
    private static final String SUFFIX = ".record";

    private final StateDirectory state;
    private final Machine machine;

    RestoreJournal(StateDirectory state, Machine machine) {
        this.state = state;
        this.machine = machine;
    }

    /** Writes a record durably and returns its name, which ends in a number greater than that of every older one. */
    String write(RestoreRecord record) {
        int number = 1
                + state.names(SUFFIX).stream()
                        .mapToInt(RestoreJournal::number)
                        .max()
                        .orElse(-1);
        String name = record.setting() + "-" + record.owner().pid() + "-"
                + record.owner().startTime() + "-" + number + SUFFIX;
        state.writeDurably(name, record.format());
        return name;
    }

    private static int number(String name) {
        String digits = name.substring(name.lastIndexOf('-') + 1, name.length() - SUFFIX.length());
        return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : -1;
    }

    /** Says whether a setting was changed by another guard after the one of this record. */
    boolean hasYounger(String name, KernelSetting setting) {
        return state.names(SUFFIX).stream()
                .anyMatch(other -> other.startsWith(setting + "-") && number(other) > number(name));
    }

    void remove(String name) {
        state.delete(name);
    }

    /** Returns the record of a living process that holds a setting. */
    Optional<RestoreRecord> holder(KernelSetting setting) {
        return state.names(SUFFIX).stream()
                .flatMap(name -> state.read(name).flatMap(RestoreRecord::parse).stream())
                .filter(record -> record.setting() == setting && machine.isAlive(record.owner()))
                .findFirst();
    }

    /**
     * Restores what dead processes left behind.
     *
     * <p>Nothing is ever written from a record that is damaged or of another boot, nor over a value that is not the one
     * the dead process wrote. A failure is told and does not stop the rest.
     */
    void recover() {
        List<String> youngestFirst = state.names(SUFFIX).stream()
                .sorted(Comparator.comparingInt(RestoreJournal::number).reversed())
                .toList();
        for (String name : youngestFirst) {
            try {
                recover(name);
            } catch (MachineException e) {
                LOGGER.log(Level.WARNING, "cannot restore from " + name + ", it is tried again by the next guard", e);
            }
        }
    }

    private void recover(String name) {
        Optional<RestoreRecord> parsed = state.read(name).flatMap(RestoreRecord::parse);
        if (parsed.isEmpty()) {
            state.setAside(name);
            LOGGER.log(Level.WARNING, "{0} is damaged and set aside; nothing was restored from it", name);
            return;
        }
        RestoreRecord record = parsed.get();
        if (!record.owner().bootId().equals(machine.self().bootId())) {
            state.delete(name);
            LOGGER.log(Level.WARNING, "{0} is of an earlier boot, which ended what it would undo; removed", name);
        } else if (!machine.isAlive(record.owner()) && holder(record.setting()).isEmpty()) {
            restore(record);
            state.delete(name);
        }
    }

    private void restore(RestoreRecord record) {
        String owner = "process " + record.owner().pid() + ", which died";
        if (giveBack(machine, record.setting(), record.before(), record.ours())) {
            LOGGER.log(
                    Level.WARNING,
                    "{0} set back to {1}: it was left at {2} by {3}",
                    record.setting(),
                    record.before(),
                    record.ours(),
                    owner);
        }
    }

    /**
     * Writes {@code before} back, unless someone else changed the setting since; then it is left alone and told.
     *
     * @return whether it was written
     */
    static boolean giveBack(Machine machine, KernelSetting setting, String before, String ours) {
        String found = machine.read(setting);
        if (found.equals(ours)) {
            machine.write(setting, before);
            String after = machine.read(setting);
            if (!after.equals(before)) {
                throw new MachineException("wrote " + before + " to " + setting + ", but it reads " + after);
            }
            return true;
        }
        if (!found.equals(before)) {
            LOGGER.log(
                    Level.WARNING,
                    "{0} is left at {1}: someone changed it since Tailgate set it from {2} to {3}",
                    setting,
                    found,
                    before,
                    ours);
        }
        return false;
    }
}
