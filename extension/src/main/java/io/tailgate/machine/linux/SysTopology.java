/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.NumaNode;
import io.tailgate.machine.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads CPUs, nodes and cores from {@code /sys/devices/system}.
 *
 * <p>Which CPUs share a node or a core is a file for each of them, and stays as long as the same ones are online: it is
 * read once for them. All else is read each time.
 */
final class SysTopology {

    private final Path proc;
    private final Path cpus;
    private final Path nodes;
    private final Cgroups cgroups;
    private volatile @Nullable Hardware hardware;
    private volatile int firstThread;

    SysTopology(Path proc, Path sys) {
        this.proc = proc;
        this.cpus = sys.resolve("devices/system/cpu");
        this.nodes = sys.resolve("devices/system/node");
        this.cgroups = new Cgroups(proc, sys);
    }

    /**
     * Reads the topology.
     *
     * @param affinityOf the mask of a thread; the one of the process's first thread is what the process was started on,
     *     because nothing in this library changes that thread and the JVM runs no test on it
     */
    Topology read(IntFunction<CpuSet> affinityOf) {
        CpuSet online = list(cpus.resolve("online"), "the CPUs that are online");
        CpuSet present = optionalList(cpus.resolve("present")).orElse(online);
        CpuSet cpuset = cgroups.cpuset().orElse(present);
        CpuSet startMask = affinityOf.apply(firstThread());
        Hardware now = hardware(online);
        return new Topology(present, online, cpuset, startMask, mems(now.nodes), now.nodes, now.cores);
    }

    /** Reads e.g. {@code Mems_allowed_list: 0-1}; a kernel without cpusets has no such line, and allows all. */
    private Set<Integer> mems(List<NumaNode> nodes) {
        String name = "Mems_allowed_list:";
        return KernelFiles.linesIfThere(proc.resolve("self/status")).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .filter(line -> !line.isEmpty())
                .findFirst()
                .map(CpuSet::parse) // the list format of nodes is that of CPUs
                .map(CpuSet::stream)
                .orElseGet(() -> nodes.stream().mapToInt(NumaNode::id))
                .boxed()
                .collect(Collectors.toSet());
    }

    private int firstThread() {
        if (firstThread == 0) {
            Path stat = proc.resolve("self/stat");
            firstThread = (int) ProcStat.read(stat)
                    .orElseThrow(() -> new MachineException("cannot read this process's number from " + stat))
                    .pid();
        }
        return firstThread;
    }

    private Hardware hardware(CpuSet online) {
        Path file = nodes.resolve("online");
        Optional<CpuSet> onlineNodes = // a kernel without NUMA has no such file
                Files.exists(file) ? Optional.of(list(file, "the NUMA nodes")) : Optional.empty();
        Hardware last = hardware;
        if (last == null || !last.online.equals(online) || !last.onlineNodes.equals(onlineNodes)) {
            last = new Hardware(online, onlineNodes, nodes(online, onlineNodes), cores(online));
            hardware = last;
        }
        return last;
    }

    private List<NumaNode> nodes(CpuSet online, Optional<CpuSet> onlineNodes) {
        if (onlineNodes.isEmpty()) {
            return List.of(new NumaNode(0, Optional.of(online), memory(proc.resolve("meminfo"))));
        }
        List<NumaNode> found = new ArrayList<>();
        onlineNodes.get().stream().forEach(id -> {
            Path node = nodes.resolve("node" + id);
            found.add(new NumaNode(id, optionalList(node.resolve("cpulist")), memory(node.resolve("meminfo"))));
        });
        return found;
    }

    /** Reads the total, e.g. {@code Node 0 MemTotal:  263921564 kB}. */
    private static long memory(Path meminfo) {
        return KernelFiles.required(meminfo, "the size of the memory").stream()
                .filter(line -> line.contains("MemTotal:"))
                .map(line -> line.replaceAll("\\D+", " ").strip())
                .map(numbers -> numbers.substring(numbers.lastIndexOf(' ') + 1))
                .mapToLong(kib -> Long.parseLong(kib) * 1024)
                .findFirst()
                .orElseThrow(() -> new MachineException(meminfo + " has no line MemTotal"));
    }

    private List<CpuSet> cores(CpuSet online) {
        Set<CpuSet> cores = new LinkedHashSet<>();
        online.stream()
                .forEach(cpu -> cores.add(optionalList(cpus.resolve("cpu" + cpu + "/topology/thread_siblings_list"))
                        .orElse(CpuSet.of(cpu))));
        return List.copyOf(cores);
    }

    private static CpuSet list(Path file, String whatFor) {
        return CpuSet.parse(KernelFiles.line(file, whatFor));
    }

    private static Optional<CpuSet> optionalList(Path file) {
        return KernelFiles.lineIfThere(file).filter(line -> !line.isEmpty()).map(CpuSet::parse);
    }

    /** What only changes with the CPUs and nodes that are online. */
    private record Hardware(CpuSet online, Optional<CpuSet> onlineNodes, List<NumaNode> nodes, List<CpuSet> cores) {}
}
