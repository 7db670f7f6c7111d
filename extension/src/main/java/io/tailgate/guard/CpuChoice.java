/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.NumaNode;
import io.tailgate.machine.Topology;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.Placement;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Chooses the CPUs of a test from what the machine has. Pure. */
final class CpuChoice {

    /** From so many usable CPUs on one is left to the JVM's own threads. */
    private static final int ENOUGH_TO_LEAVE_ONE = 3;

    private final Placement placement;
    private final Topology topology;
    private final Map<Integer, Long> interrupts;

    /**
     * Makes the choice.
     *
     * @param interrupts how many interrupts of devices each CPU served, as far as known
     */
    CpuChoice(Placement placement, Topology topology, Map<Integer, Long> interrupts) {
        this.placement = placement;
        this.topology = topology;
        this.interrupts = interrupts;
    }

    /**
     * Chooses.
     *
     * @param taken CPUs on which others measure; avoided where there is a choice
     */
    CpuSet choose(Optional<CpuSet> taken) {
        if (placement.cpuCount() < 0) {
            throw new PlacementException(
                    "cpuCount = " + placement.cpuCount() + " is negative; give how many CPUs, or 0 for all");
        }
        CpuSet named = placement.cpus();
        return named == null ? fromNode(node(taken), taken) : exactly(named);
    }

    private CpuSet exactly(CpuSet named) {
        if (placement.cpuCount() != 0 && placement.cpuCount() != named.size()) {
            throw new PlacementException("cpus = \"" + named + "\" are " + named.size() + " CPUs, but cpuCount = "
                    + placement.cpuCount() + "; give one of them");
        }
        require(named, topology.present(), "no CPU %s; this machine has %s");
        require(named, topology.online(), "CPU %s is offline; online are %s");
        require(named, topology.cpuset(), "CPU %s is outside the cpuset of this process, which allows %s");
        require(
                named,
                topology.startMask(),
                "CPU %s is outside the CPUs that this process was started on (taskset, numactl or the container): %s");
        return named;
    }

    private void require(CpuSet named, CpuSet allowed, String message) {
        named.without(allowed).ifPresent(missing -> {
            throw new PlacementException("cpus = \"" + named + "\": "
                    + String.format(Locale.ROOT, message, missing, allowed) + "; choose from " + topology.usable());
        });
    }

    /**
     * Returns the one asked for, or one whose memory can be had where that is bound to the node; of these that with enough
     * CPUs on which nobody measures, else that with most usable ones.
     */
    private NumaNode node(Optional<CpuSet> taken) {
        if (placement.node() == Placement.ANY_NODE) {
            return topology.nodes().stream()
                    .max(Comparator.<NumaNode, Boolean>comparing(this::hasTheMemory)
                            .thenComparing(node -> hasEnoughFree(node, taken))
                            .thenComparing(this::usableCount)
                            .thenComparing(node -> freeCount(node, taken))
                            .thenComparing(NumaNode::id, Comparator.reverseOrder()))
                    .orElseThrow();
        }
        return topology.node(placement.node())
                .orElseThrow(
                        () -> new PlacementException("node = " + placement.node() + " is not there; this machine has "
                                + nodes() + " (-1 chooses the one with most usable CPUs)"));
    }

    private String nodes() {
        List<Integer> ids = topology.nodes().stream().map(NumaNode::id).toList();
        return ids.size() == 1 ? "node " + ids.get(0) : "nodes " + ids;
    }

    private int usableCount(NumaNode node) {
        return topology.usable(node).map(CpuSet::size).orElse(0);
    }

    private boolean hasTheMemory(NumaNode node) {
        boolean onNode = placement.memory() == MemoryPlacement.BIND || placement.memory() == MemoryPlacement.PREFERRED;
        return onNode && usableCount(node) > 0 && topology.mayHavePagesOn(node);
    }

    private boolean hasEnoughFree(NumaNode node, Optional<CpuSet> taken) {
        return placement.cpuCount() > 0 && freeCount(node, taken) >= placement.cpuCount();
    }

    private int freeCount(NumaNode node, Optional<CpuSet> taken) {
        return topology.usable(node)
                .flatMap(cpus -> taken.isPresent() ? cpus.without(taken.get()) : Optional.of(cpus))
                .map(CpuSet::size)
                .orElse(0);
    }

    private CpuSet fromNode(NumaNode node, Optional<CpuSet> taken) {
        CpuSet usable = topology.usable(node)
                .orElseThrow(
                        () -> new PlacementException("node = " + node.id() + " has no CPU that this process may use: "
                                + node.cpus().map(cpus -> "it has " + cpus).orElse("it has none online")
                                + ", usable are " + topology.usable()));
        if (placement.cpuCount() > usable.size()) {
            throw new PlacementException("cpuCount = " + placement.cpuCount() + " is more than the " + usable.size()
                    + " usable CPUs of node " + node.id() + ": " + usable);
        }
        CpuOrder order = new CpuOrder(usable, topology.cores(), taken, interrupts);
        return placement.cpuCount() == 0 ? allLessOne(usable, order) : order.first(placement.cpuCount());
    }

    private static CpuSet allLessOne(CpuSet usable, CpuOrder order) {
        return usable.size() < ENOUGH_TO_LEAVE_ONE
                ? usable
                : usable.without(CpuSet.of(order.leastWanted())).orElseThrow();
    }
}
