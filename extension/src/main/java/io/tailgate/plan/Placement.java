/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import io.tailgate.machine.CpuSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a test asked to run.
 *
 * @param node the NUMA node, or {@link #ANY_NODE} for the one with most usable CPUs
 * @param cpus exactly these CPUs, or null to choose from the node
 * @param cpuCount how many of the node's usable CPUs; 0: all, less one for the JVM's own threads from three on
 */
public record Placement(
        int node, @Nullable CpuSet cpus, int cpuCount, MemoryPlacement memory, BalancingPlan balancing) {

    public static final int ANY_NODE = -1;
}
