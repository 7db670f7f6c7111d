/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CpuSet;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.Placement;
import java.util.List;

/** Placements that tests ask for. */
final class Placements {

    /** As {@code @PinnedNuma(cpus = "2-3")}. */
    static final Placement QUIET_ON_2_AND_3 = on("2-3", MemoryPlacement.LOCAL, BalancingPlan.OFF);

    /** As {@code @PinnedNuma(cpus = "2-3", memory = BIND)}: every kind of change. */
    static final Placement BOUND_TO_2_AND_3 = on("2-3", MemoryPlacement.BIND, BalancingPlan.OFF);

    private Placements() {}

    static Placement on(String cpus, MemoryPlacement memory, BalancingPlan balancing) {
        return new Placement(Placement.ANY_NODE, CpuSet.parse(cpus), 0, memory, balancing, List.of());
    }

    static Placement onNode(int node, int cpuCount) {
        return new Placement(node, null, cpuCount, MemoryPlacement.LOCAL, BalancingPlan.OFF, List.of());
    }
}
