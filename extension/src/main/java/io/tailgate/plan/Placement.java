/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import io.tailgate.machine.CpuSet;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a test asked to run.
 *
 * @param node the NUMA node, or {@link #ANY_NODE} for the one with most usable CPUs
 * @param cpus exactly these CPUs, or null to choose from the node
 * @param cpuCount how many of the node's usable CPUs; 0: all, less one for the JVM's own threads from three on
 * @param quiet what else is silenced on the host, in this order, each once
 * @param cpuWait how long to wait for CPUs on which another JVM of this host measures; zero to share them
 */
public record Placement(
        int node,
        @Nullable CpuSet cpus,
        int cpuCount,
        MemoryPlacement memory,
        BalancingPlan balancing,
        List<QuietSetting> quiet,
        Duration cpuWait) {

    public static final int ANY_NODE = -1;

    public Placement {
        quiet = quiet.stream().distinct().toList();
    }

    /** A place that is shared with whoever else measures there. */
    public Placement(
            int node,
            @Nullable CpuSet cpus,
            int cpuCount,
            MemoryPlacement memory,
            BalancingPlan balancing,
            List<QuietSetting> quiet) {
        this(node, cpus, cpuCount, memory, balancing, quiet, Duration.ZERO);
    }

    /** Returns this place, but on exactly these CPUs. */
    public Placement on(CpuSet chosen) {
        return new Placement(node, chosen, cpuCount, memory, balancing, quiet, cpuWait);
    }

    Placement waiting(Duration wait) {
        return new Placement(node, cpus, cpuCount, memory, balancing, quiet, wait);
    }
}
