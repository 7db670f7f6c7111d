/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import java.util.List;

/**
 * A setting of the kernel that the faults are about.
 *
 * @param file below the root directory
 * @param wanted what a warden sets it to
 * @param others what it may be found at, or be changed to by somebody else
 */
record ChaosSetting(String name, String file, String wanted, List<String> others) {

    static final ChaosSetting NUMA_BALANCING =
            new ChaosSetting("numa_balancing", "proc/sys/kernel/numa_balancing", "0", List.of("1", "2", "3"));

    /** Its values are seconds and harm nobody; unlike the other's they have more than one digit. */
    static final ChaosSetting VM_STAT_INTERVAL = new ChaosSetting(
            "vm_stat_interval", "proc/sys/vm/stat_interval", "120", List.of("1", "2", "5", "10", "30", "1200"));

    ChaosSetting withOthers(List<String> accepted) {
        return new ChaosSetting(name, file, wanted, accepted);
    }
}
