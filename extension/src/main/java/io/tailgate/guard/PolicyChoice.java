/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.NumaNode;
import io.tailgate.machine.NumaPolicy;
import io.tailgate.machine.NumaPolicy.Mode;
import io.tailgate.machine.Topology;
import io.tailgate.plan.MemoryPlacement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Chooses the memory policy of a test from its CPUs and the nodes that the process may have pages on. Pure.
 *
 * <p>The kernel leaves out silently what a node has not or a cpuset withholds, and then shows another policy than was
 * set; so only what can be had is asked for.
 */
final class PolicyChoice {

    private final MemoryPlacement placement;
    private final CpuSet cpus;
    private final Topology topology;

    private PolicyChoice(MemoryPlacement placement, CpuSet cpus, Topology topology) {
        this.placement = placement;
        this.cpus = cpus;
        this.topology = topology;
    }

    /**
     * Chooses, or returns empty where the test leaves memory as it is.
     *
     * @throws PlacementException if no node of the CPUs may have pages of this process
     */
    static Optional<NumaPolicy> choose(MemoryPlacement placement, CpuSet cpus, Topology topology) {
        PolicyChoice choice = new PolicyChoice(placement, cpus, topology);
        return switch (placement) {
            case LOCAL -> Optional.of(NumaPolicy.LOCAL);
            case BIND -> Optional.of(NumaPolicy.of(Mode.BIND, ids(choice.near())));
            case PREFERRED -> Optional.of(NumaPolicy.of(Mode.PREFERRED, choice.nearest()));
            case INTERLEAVE -> Optional.of(NumaPolicy.of(Mode.INTERLEAVE, ids(choice.allowed())));
            case UNCHANGED -> Optional.empty();
        };
    }

    private List<NumaNode> allowed() {
        return topology.nodes().stream().filter(topology::mayHavePagesOn).toList();
    }

    private static List<Integer> ids(List<NumaNode> nodes) {
        return nodes.stream().map(NumaNode::id).toList();
    }

    private int countOn(NumaNode node) {
        return node.cpus().flatMap(cpus::intersection).map(CpuSet::size).orElse(0);
    }

    private List<NumaNode> near() {
        List<NumaNode> near =
                allowed().stream().filter(node -> countOn(node) > 0).toList();
        if (near.isEmpty()) {
            throw new PlacementException("memory = " + placement + " on the node of CPUs " + cpus + ": "
                    + topology.nodes().stream()
                            .filter(node -> countOn(node) > 0)
                            .map(this::why)
                            .collect(Collectors.joining(", "))
                    + "; choose a node among " + ids(allowed()) + ", or memory = LOCAL");
        }
        return near;
    }

    private String why(NumaNode node) {
        return "node " + node.id()
                + (node.memoryBytes() > 0
                        ? " is outside the cpuset of this process, which allows memory of nodes "
                                + new TreeSet<>(topology.mems())
                        : " has no memory");
    }

    /** Returns the node of most CPUs: the kernel takes one. */
    private List<Integer> nearest() {
        return near().stream()
                .max(Comparator.comparingInt(this::countOn).thenComparing(NumaNode::id, Comparator.reverseOrder()))
                .map(node -> List.of(node.id()))
                .orElseThrow();
    }
}
