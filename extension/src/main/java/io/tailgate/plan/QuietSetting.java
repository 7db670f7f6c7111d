/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

/** A setting of the host that is silenced while a test runs; the constants are those of the public {@code NoiseSource}. */
public enum QuietSetting {
    TRANSPARENT_HUGEPAGES,
    HUGEPAGE_DEFRAG,
    TIMER_MIGRATION,
    VM_STATISTICS,
    NMI_WATCHDOG,
    CPU_GOVERNOR,
    TURBO,
    INTERRUPTS
}
