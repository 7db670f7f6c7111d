/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import io.tailgate.machine.CpuSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attributes of {@code @PinnedNuma} as they were written. */
public record PlacementRequest(
        int node,
        String cpus,
        int cpuCount,
        MemoryPlacement memory,
        BalancingPlan balancing,
        List<QuietSetting> quiet) {

    public PlacementRequest {
        quiet = List.copyOf(quiet);
    }

    /** Returns what was asked for, or throws {@link IllegalArgumentException} naming the attribute that cannot be. */
    public Placement placement() {
        if (node < Placement.ANY_NODE) {
            throw new IllegalArgumentException(
                    "node = " + node + " is no NUMA node; nodes count from 0, and -1 is the one with most usable CPUs");
        }
        if (cpuCount < 0) {
            throw new IllegalArgumentException(
                    "cpuCount = " + cpuCount + " is negative; ask for 1 or more CPUs, or for 0 to get all of the node");
        }
        return new Placement(node, cpuSet(), cpuCount, memory, balancing, quiet);
    }

    private @Nullable CpuSet cpuSet() {
        return cpus.isEmpty() ? null : CpuSet.parse(cpus);
    }
}
