/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.KernelSetting;
import io.tailgate.machine.KernelSettings;
import io.tailgate.machine.MachineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Settings as files below {@code /proc/sys}; read only. */
final class LinuxKernelSettings implements KernelSettings {

    private final Path sysctl;

    LinuxKernelSettings(Path proc) {
        this.sysctl = proc.resolve("sys");
    }

    private Optional<Path> file(KernelSetting setting) {
        return switch (setting) {
            case NUMA_BALANCING -> Optional.of(sysctl.resolve("kernel/numa_balancing"));
            case TIMER_MIGRATION -> Optional.of(sysctl.resolve("kernel/timer_migration"));
            case VM_STAT_INTERVAL -> Optional.of(sysctl.resolve("vm/stat_interval"));
            case NMI_WATCHDOG -> Optional.of(sysctl.resolve("kernel/nmi_watchdog"));
            case TRANSPARENT_HUGEPAGES, HUGEPAGE_DEFRAG, GOVERNOR, TURBO, IRQ_AFFINITY -> Optional.empty();
        };
    }

    @Override
    public boolean has(KernelSetting setting) {
        return file(setting).filter(Files::exists).isPresent();
    }

    @Override
    public String read(KernelSetting setting) {
        Path file = file(setting)
                .orElseThrow(() -> new MachineException(setting + " is no file below " + sysctl + "; ask the warden"));
        try {
            return KernelFiles.lines(file).stream().findFirst().orElse("");
        } catch (NoSuchFileException e) {
            throw new MachineException("no " + file + " (ENOENT); this kernel was built without it", e);
        } catch (IOException e) {
            throw new MachineException("cannot read " + file + ": " + e, e);
        }
    }
}
