/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Invented hosts for tests of what only looks at a {@link Topology}. */
public final class FakeTopologies {

    private static final long GIB = 1L << 30;

    private FakeTopologies() {}

    /** CPUs 0-7, nodes 0 (0-3) and 1 (4-7), no SMT, everything allowed. */
    public static Topology twoNodesOfFour() {
        return nodes(CpuSet.parse("0-3"), CpuSet.parse("4-7"));
    }

    /** Returns a host with these nodes, every CPU a core of its own, everything online and allowed. */
    public static Topology nodes(CpuSet... nodeCpus) {
        List<NumaNode> nodes = new ArrayList<>();
        IntStream all = IntStream.empty();
        for (CpuSet cpus : nodeCpus) {
            nodes.add(new NumaNode(nodes.size(), Optional.of(cpus), GIB));
            all = IntStream.concat(all, cpus.stream());
        }
        int[] cpus = all.sorted().toArray();
        CpuSet everything = CpuSet.of(cpus[0], cpus);
        List<CpuSet> cores = everything.stream().mapToObj(CpuSet::of).toList();
        Set<Integer> mems = nodes.stream().map(NumaNode::id).collect(Collectors.toSet());
        return new Topology(everything, everything, everything, everything, mems, nodes, cores);
    }

    /** Returns {@code topology} as seen by a process that was started on {@code cpus} only. */
    public static Topology startedOn(Topology topology, CpuSet cpus) {
        return new Topology(
                topology.present(),
                topology.online(),
                topology.cpuset(),
                cpus,
                topology.mems(),
                topology.nodes(),
                topology.cores());
    }

    /** Returns {@code topology} in a cpuset; like the kernel's, the start mask shrinks with it. */
    public static Topology inCpuset(Topology topology, CpuSet cpus) {
        return new Topology(
                topology.present(), topology.online(), cpus, cpus, topology.mems(), topology.nodes(), topology.cores());
    }

    /** Returns {@code topology} with other CPUs online. */
    public static Topology online(Topology topology, CpuSet cpus) {
        return new Topology(
                topology.present(),
                cpus,
                topology.cpuset(),
                topology.startMask(),
                topology.mems(),
                topology.nodes(),
                topology.cores());
    }

    /** Returns {@code topology} with these cores. */
    public static Topology cores(Topology topology, CpuSet... cores) {
        return new Topology(
                topology.present(),
                topology.online(),
                topology.cpuset(),
                topology.startMask(),
                topology.mems(),
                topology.nodes(),
                List.of(cores));
    }

    /** Returns {@code topology} in a cpuset that allows the memory of these nodes only. */
    public static Topology withMems(Topology topology, Integer... mems) {
        return new Topology(
                topology.present(),
                topology.online(),
                topology.cpuset(),
                topology.startMask(),
                Set.of(mems),
                topology.nodes(),
                topology.cores());
    }

    /** Returns {@code topology} with other nodes. */
    public static Topology withNodes(Topology topology, NumaNode... nodes) {
        return new Topology(
                topology.present(),
                topology.online(),
                topology.cpuset(),
                topology.startMask(),
                topology.mems(),
                List.of(nodes),
                topology.cores());
    }
}
