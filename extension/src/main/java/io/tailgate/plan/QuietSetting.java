/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import io.tailgate.machine.KernelSetting;

/** A setting of the host that is silenced while a test runs; the constants are those of the public {@code NoiseSource}. */
public enum QuietSetting {
    TRANSPARENT_HUGEPAGES(KernelSetting.TRANSPARENT_HUGEPAGES),
    HUGEPAGE_DEFRAG(KernelSetting.HUGEPAGE_DEFRAG),
    TIMER_MIGRATION(KernelSetting.TIMER_MIGRATION),
    VM_STATISTICS(KernelSetting.VM_STAT_INTERVAL),
    NMI_WATCHDOG(KernelSetting.NMI_WATCHDOG),
    CPU_GOVERNOR(KernelSetting.GOVERNOR),
    TURBO(KernelSetting.TURBO),
    INTERRUPTS(KernelSetting.IRQ_AFFINITY);

    private final KernelSetting kernelSetting;

    QuietSetting(KernelSetting kernelSetting) {
        this.kernelSetting = kernelSetting;
    }

    public KernelSetting kernelSetting() {
        return kernelSetting;
    }

    /** Says whether it is silenced for the test's CPUs only, not for all. */
    public boolean isOfCpus() {
        return this == CPU_GOVERNOR || this == INTERRUPTS;
    }
}
