/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

/** The kernel's switches, as the exact text that it shows; only a {@link Warden} changes them. */
public interface KernelSettings {

    /** Says whether this kernel has a setting that is one file below {@code /proc/sys}. */
    boolean has(KernelSetting setting);

    /** Returns the value of such a setting without the line end. */
    String read(KernelSetting setting);
}
