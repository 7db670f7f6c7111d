/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.Warden;
import io.tailgate.plan.QuietSetting;
import java.util.List;
import java.util.Optional;

/** The settings of the host that a test asked to be quiet, each held for itself: a refused one stops no other. */
final class QuietChange {

    static final QuietChange NONE = new QuietChange(List.of());

    private final List<Silencing> all;

    private QuietChange(List<Silencing> all) {
        this.all = all;
    }

    /** Has each setting held in this order; {@code undo} releases them in reverse. */
    static QuietChange apply(List<QuietSetting> asked, CpuSet cpus, Warden warden, UndoStack undo) {
        return new QuietChange(asked.stream()
                .map(setting -> Silencing.of(setting, cpus, warden, undo))
                .toList());
    }

    /** Has none held, for one reason. */
    static QuietChange refused(List<QuietSetting> asked, String why) {
        return new QuietChange(asked.stream()
                .map(setting -> new Silencing(setting, Optional.empty(), why))
                .toList());
    }

    /** Returns what someone else did to the settings since, or nothing. */
    List<String> disturbances() {
        return all.stream()
                .flatMap(silencing -> silencing.lease.stream())
                .flatMap(lease -> lease.disturbances().stream())
                .toList();
    }

    /** Returns what became of each setting as it was last read back. */
    List<QuietResult> results() {
        return all.stream().map(Silencing::result).toList();
    }

    /** @param refusal why there is no lease, else empty */
    private record Silencing(QuietSetting setting, Optional<SettingLease> lease, String refusal) {

        static Silencing of(QuietSetting setting, CpuSet cpus, Warden warden, UndoStack undo) {
            Optional<CpuSet> of = setting.isOfCpus() ? Optional.of(cpus) : Optional.empty();
            try {
                SettingLease lease = SettingLease.take(setting.kernelSetting(), of, warden, undo);
                return new Silencing(setting, Optional.of(lease), "");
            } catch (MachineException e) {
                return new Silencing(setting, Optional.empty(), String.valueOf(e.getMessage()));
            }
        }

        QuietResult result() {
            return lease.map(held -> QuietFiles.sumUp(setting, held.states(), held.latest()))
                    .orElseGet(() -> QuietResult.notHad(setting, refusal));
        }
    }
}
