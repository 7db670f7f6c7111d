/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.KernelSetting;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.SettingState;
import io.tailgate.machine.SettingState.Kind;
import io.tailgate.machine.Warden;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A setting of the host that the warden holds for one guard, and gives back when the guard is closed. */
final class SettingLease {

    private static final System.Logger LOGGER = System.getLogger(SettingLease.class.getName());

    private static final int MOST_NAMED = 3;

    private static final String RESTORE = "; java -jar tailgate-junit.jar restore, as root, ";

    private final KernelSetting setting;
    private final Warden warden;
    private final long lossesBefore;
    private List<SettingState> states = List.of();
    private List<SettingState> latest = List.of();
    private boolean held;
    private @Nullable MachineException failure;

    private SettingLease(KernelSetting setting, Warden warden) {
        this.setting = setting;
        this.warden = warden;
        this.lossesBefore = warden.losses();
    }

    /**
     * Has a setting held.
     *
     * @throws MachineException if there is no warden to be had
     */
    static SettingLease take(KernelSetting setting, Optional<CpuSet> cpus, Warden warden, UndoStack undo) {
        SettingLease lease = new SettingLease(setting, warden);
        undo.push(lease::giveBack);
        lease.hold(cpus);
        return lease;
    }

    private synchronized void hold(Optional<CpuSet> cpus) {
        states = warden.hold(setting, cpus);
        held = true;
    }

    /** Returns what became of each file when the lease was taken. */
    synchronized List<SettingState> states() {
        return states;
    }

    /** Returns each file as it was last read back, empty if it was not yet. */
    synchronized List<SettingState> latest() {
        return latest;
    }

    /** Any thread may; only the first does. Done again, as after an interrupt, it says again what went wrong. */
    private synchronized void giveBack() {
        if (held) {
            held = false;
            try {
                releaseAndTell();
            } catch (MachineException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void releaseAndTell() {
        List<SettingState> released = release();
        released.stream().filter(state -> state.kind() == Kind.FOREIGN).forEach(this::tellForeign);
        String refused = released.stream()
                .filter(state ->
                        state.kind() == Kind.REFUSED && before(state.id()).isPresent())
                .map(state -> setting.title(state.id()) + " cannot be set back to "
                        + before(state.id()).orElseThrow() + ": " + state.words())
                .collect(Collectors.joining("; "));
        if (!refused.isEmpty()) {
            throw new MachineException(refused + RESTORE + "tries again");
        }
    }

    private List<SettingState> release() {
        try {
            return warden.release(setting);
        } catch (MachineException e) {
            throw new MachineException(
                    setting.title() + " may not have been set back: " + e.getMessage() + RESTORE + "does so", e);
        }
    }

    private void tellForeign(SettingState state) {
        LOGGER.log(
                Level.WARNING,
                "{0} is left at {1}: someone changed it since Tailgate set it from {2} to {3}",
                setting.title(state.id()),
                state.now(),
                before(state.id()).orElse("the same value"),
                wanted(state.id()));
    }

    private Optional<String> before(String id) {
        return states.stream()
                .filter(state -> state.id().equals(id) && state.kind() == Kind.HELD)
                .map(SettingState::before)
                .findFirst();
    }

    private String wanted(String id) {
        return states.stream()
                .filter(state -> state.id().equals(id))
                .map(SettingState::now)
                .findFirst()
                .orElse("its value");
    }

    /** Returns what happened to the setting since the lease was taken, and first if its warden was lost; or nothing. */
    synchronized List<String> disturbances() {
        List<String> words = new ArrayList<>();
        try {
            Map<String, Kind> taken = states.stream().collect(Collectors.toMap(SettingState::id, SettingState::kind));
            latest = warden.check(setting);
            for (SettingState now : latest) {
                Kind then = taken.getOrDefault(now.id(), Kind.ABSENT);
                if ((then == Kind.HELD || then == Kind.KEPT) && now.kind() != Kind.HELD && now.kind() != Kind.KEPT) {
                    words.add(setting.title(now.id()) + changed(now));
                }
            }
        } catch (MachineException e) {
            words.add(setting.title() + " is held no longer: " + e.getMessage());
        }
        List<String> all = new ArrayList<>();
        if (isChanged() && warden.losses() > lossesBefore) { // asked last: the check itself may find it lost
            all.add(warden.lastLoss() + "; for a moment what it had changed was not in its care");
        }
        if (!words.isEmpty()) {
            all.add(inFew(words));
        }
        return all;
    }

    /** What is only kept as it was found, a lost warden leaves as it is. */
    private boolean isChanged() {
        return states.stream().anyMatch(state -> state.kind() == Kind.HELD);
    }

    /** A daemon that moves interrupts moves dozens. */
    private static String inFew(List<String> words) {
        int more = words.size() - MOST_NAMED;
        return words.stream().limit(MOST_NAMED).collect(Collectors.joining("; "))
                + (more > 0 ? "; and so did " + more + " more" : "");
    }

    private String changed(SettingState now) {
        return now.kind() == Kind.FOREIGN
                ? " became " + now.now() + " instead of " + wanted(now.id()) + "; another process changed it"
                : " may not be held any longer: " + now.words();
    }
}
