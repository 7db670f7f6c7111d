/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.NumaNode;
import io.tailgate.machine.Topology;
import io.tailgate.plan.Placement;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Chooses the CPUs of a test from what the machine has. Pure. */
final class CpuChoice {

    /** From so many usable CPUs on one is left to the JVM's own threads. */
    private static final int ENOUGH_TO_LEAVE_ONE = 3;

    private final Placement placement;
    private final Topology topology;

    CpuChoice(Placement placement, Topology topology) {
        this.placement = placement;
        this.topology = topology;
    }

    CpuSet choose() {
        if (placement.cpuCount() < 0) {
            throw new PlacementException(
                    "cpuCount = " + placement.cpuCount() + " is negative; give how many CPUs, or 0 for all");
        }
        CpuSet named = placement.cpus();
        return named == null ? fromNode(node()) : exactly(named);
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

    private NumaNode node() {
        if (placement.node() == Placement.ANY_NODE) {
            return topology.nodes().stream()
                    .max(Comparator.comparingInt(this::usableCount)
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

    private CpuSet fromNode(NumaNode node) {
        CpuSet usable = topology.usable(node)
                .orElseThrow(
                        () -> new PlacementException("node = " + node.id() + " has no CPU that this process may use: "
                                + node.cpus().map(cpus -> "it has " + cpus).orElse("it only has memory")
                                + ", usable are " + topology.usable()));
        if (placement.cpuCount() > usable.size()) {
            throw new PlacementException("cpuCount = " + placement.cpuCount() + " is more than the " + usable.size()
                    + " usable CPUs of node " + node.id() + ": " + usable);
        }
        return placement.cpuCount() == 0 ? allLessOne(usable) : best(usable, placement.cpuCount());
    }

    private static CpuSet allLessOne(CpuSet usable) {
        if (usable.size() < ENOUGH_TO_LEAVE_ONE) {
            return usable;
        }
        int lowest = usable.stream().min().orElseThrow(); // CPU 0, where it is one of them: it has most interrupts
        return usable.without(CpuSet.of(lowest)).orElseThrow();
    }

    /** Takes one CPU of each core before the second of any, and CPU 0 last of its core and last of all. */
    private CpuSet best(CpuSet usable, int count) {
        int[] chosen = usable.stream()
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(cpu -> rankInCore(cpu, usable))
                        .thenComparingInt(cpu -> cpu == 0 ? 1 : 0)
                        .thenComparingInt(cpu -> cpu))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
        return CpuSet.of(chosen[0], chosen);
    }

    private int rankInCore(int cpu, CpuSet usable) {
        Optional<CpuSet> core = topology.cores().stream()
                .filter(siblings -> siblings.contains(cpu))
                .findFirst()
                .flatMap(usable::intersection);
        IntStream siblings = core.map(CpuSet::stream).orElse(IntStream.of(cpu));
        return (int) siblings.filter(other -> other != cpu)
                .filter(other -> cpu == 0 || (other != 0 && other < cpu))
                .count();
    }
}
