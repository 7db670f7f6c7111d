/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.KernelSetting;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.SettingState;
import io.tailgate.machine.Warden;
import java.util.List;
import java.util.Optional;

/** Refuses in words until this package can start a warden. */
final class MissingWarden implements Warden {

    @Override
    public List<SettingState> hold(KernelSetting setting, Optional<CpuSet> cpus) {
        throw new MachineException("no warden is packed in this build, so nothing of the host is changed");
    }

    @Override
    public List<SettingState> check(KernelSetting setting) {
        throw new MachineException("no warden holds " + setting.title());
    }

    @Override
    public List<SettingState> release(KernelSetting setting) {
        return List.of();
    }

    @Override
    public long losses() {
        return 0;
    }
}
