/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The CPUs of a host and those of them that this process may use.
 *
 * @param present CPUs that are there, on or off
 * @param online CPUs that are on
 * @param cpuset CPUs that the cgroup of this process allows
 * @param startMask CPUs that this process was started on, e.g. by {@code taskset}; what a guard changed since does not
 *     show here
 * @param mems nodes of which the cpuset of this process allows the memory, whether they have any or not
 * @param nodes in ascending order, never empty
 * @param cores sets of CPUs that share one core (SMT siblings), each CPU in exactly one
 */
public record Topology(
        CpuSet present,
        CpuSet online,
        CpuSet cpuset,
        CpuSet startMask,
        Set<Integer> mems,
        List<NumaNode> nodes,
        List<CpuSet> cores) {

    public Topology {
        mems = Set.copyOf(mems);
        nodes = List.copyOf(nodes);
        cores = List.copyOf(cores);
    }

    /** Returns the CPUs that a test may be put on: online, inside the cpuset and inside the start mask. */
    public CpuSet usable() {
        return online.intersection(cpuset)
                .flatMap(startMask::intersection)
                .orElseThrow(() -> new MachineException("no CPU may be used: online are " + online
                        + ", the cpuset allows " + cpuset + ", this process was started on " + startMask));
    }

    /** Returns the usable CPUs of a node. */
    public Optional<CpuSet> usable(NumaNode node) {
        return node.cpus().flatMap(usable()::intersection);
    }

    /** Says whether this process may have pages on a node. */
    public boolean mayHavePagesOn(NumaNode node) {
        return node.memoryBytes() > 0 && mems.contains(node.id());
    }

    public Optional<NumaNode> node(int id) {
        return nodes.stream().filter(node -> node.id() == id).findFirst();
    }
}
