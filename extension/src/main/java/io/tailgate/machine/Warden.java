/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.util.List;
import java.util.Optional;

/**
 * Holds settings of the whole host for this JVM, in a process of its own that puts them back when the JVM ends, however
 * it ends.
 *
 * <p>A setting is held as long as anyone holds it: each {@link #hold} that returned wants its {@link #release}. Each
 * answers with a state for every file of the setting.
 */
public interface Warden {

    /**
     * Gives a setting the value that a quiet test wants. One file that is refused does not keep the others from it.
     *
     * @param cpus for {@link KernelSetting#GOVERNOR} and {@link KernelSetting#IRQ_AFFINITY}, else empty
     * @throws MachineException if there is no warden to be had, in words for each way that was tried, or if the setting
     *     is held for other CPUs; then there is nothing to release
     */
    List<SettingState> hold(KernelSetting setting, Optional<CpuSet> cpus);

    /** Reads back a setting that is held. */
    List<SettingState> check(KernelSetting setting);

    /** Lets go of a setting; where nobody holds it any more, what was found comes back, last first. */
    List<SettingState> release(KernelSetting setting);

    /** Returns how often the process was lost while it held something; it is replaced at once, if it can be. */
    long losses();

    /** Returns how the last one was lost, e.g. {@code the warden (process 4711) ended}; empty if none was. */
    String lastLoss();
}
