/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.util.Optional;

/** The kernel's switches, as the exact text that it shows. */
public interface KernelSettings {

    /** Says whether this kernel has the setting at all. */
    boolean has(KernelSetting setting);

    /** Returns the value without the line end. */
    String read(KernelSetting setting);

    void write(KernelSetting setting, String value);

    /** Returns why the setting cannot even be opened for writing, or empty if it can; writes nothing. */
    Optional<String> whyNotOpenable(KernelSetting setting);

    /**
     * Finds out by writing the present value back whether the setting may be written; returns why not, with the
     * kernel's word for it, or empty if it may. Permission bits alone prove nothing.
     */
    Optional<String> whyNotWritable(KernelSetting setting);
}
