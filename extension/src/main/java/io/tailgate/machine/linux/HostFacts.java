/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import io.tailgate.machine.Topology;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a reader of a figure wants to know of the host; what cannot be read says so, it is never left out or 0. */
final class HostFacts {

    private final Path proc;
    private final Path sys;
    private final Supplier<Topology> topology;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final Map<Path, List<String>> files = new HashMap<>();
    private @Nullable Topology known;

    private HostFacts(Path proc, Path sys, Supplier<Topology> topology) {
        this.proc = proc;
        this.sys = sys;
        this.topology = topology;
    }

    static Map<String, String> read(Path proc, Path sys, Supplier<Topology> topology) {
        HostFacts host = new HostFacts(proc, sys, topology);
        host.addHardware();
        host.addKernel();
        host.addLimits();
        return host.facts;
    }

    private void addHardware() {
        add("cpu model", () -> info("cpuinfo", "model name"));
        add("microcode", () -> info("cpuinfo", "microcode"));
        add("cpus online", () -> topology().online().toString());
        add("cores", () -> Integer.toString(topology().cores().size()));
        add("numa nodes", this::nodes);
        add("memory", () -> info("meminfo", "MemTotal"));
        add("virtualisation", this::virtualisation);
    }

    private void addKernel() {
        add("kernel", () -> line(proc, "sys/kernel/osrelease"));
        add("numa_balancing", () -> line(proc, "sys/kernel/numa_balancing"));
        add("transparent huge pages", () -> line(sys, "kernel/mm/transparent_hugepage/enabled"));
        add("huge page defragmentation", () -> line(sys, "kernel/mm/transparent_hugepage/defrag"));
        add("timer migration", () -> line(proc, "sys/kernel/timer_migration"));
        add("memory statistics interval", () -> line(proc, "sys/vm/stat_interval") + " s");
        add("nmi watchdog", () -> line(proc, "sys/kernel/nmi_watchdog"));
        add("governor", () -> line(sys, "devices/system/cpu/cpu0/cpufreq/scaling_governor"));
        add("turbo", this::turbo);
        add("clock source", () -> line(sys, "devices/system/clocksource/clocksource0/current_clocksource"));
        add("isolated cpus", () -> isolated());
        add("load average", () -> line(proc, "loadavg"));
    }

    private void addLimits() {
        add(
                "cpuset",
                () -> new Cgroups(proc, sys).cpuset().map(Object::toString).orElse("none"));
        add("started on cpus", () -> topology().startMask().toString());
        add("usable cpus", () -> topology().usable().toString());
        add("cpu quota", () -> new Cgroups(proc, sys).cpuQuota().orElse("none"));
    }

    private void add(String name, Supplier<String> value) {
        try {
            facts.put(name, value.get());
        } catch (MachineException e) {
            facts.put(name, "unknown: " + e.getMessage());
        }
    }

    private Topology topology() {
        if (known == null) {
            known = topology.get();
        }
        return known;
    }

    /** Returns e.g. {@code 2 (node 0: CPUs 0-3, 1024 MiB; node 1: no CPUs, 2048 MiB)}. */
    private String nodes() {
        return topology().nodes().size()
                + topology().nodes().stream()
                        .map(node -> "node " + node.id() + ": "
                                + node.cpus().map(cpus -> "CPUs " + cpus).orElse("no CPUs") + ", "
                                + (node.memoryBytes() >> 20) + " MiB")
                        .collect(Collectors.joining("; ", " (", ")"));
    }

    private static String line(Path root, String path) {
        return KernelFiles.line(root.resolve(path), "it");
    }

    private String info(String file, String key) {
        return files.computeIfAbsent(proc.resolve(file), path -> KernelFiles.required(path, "it")).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow(() -> new MachineException(proc.resolve(file) + " has no line \"" + key + "\""));
    }

    private String turbo() {
        Path cpu = sys.resolve("devices/system/cpu");
        Optional<String> off = KernelFiles.lineIfThere(cpu.resolve("intel_pstate/no_turbo"));
        Optional<String> on = KernelFiles.lineIfThere(cpu.resolve("cpufreq/boost"));
        return off.map(value -> value.equals("0") ? "on" : "off")
                .or(() -> on.map(value -> value.equals("0") ? "off" : "on"))
                .orElseThrow(
                        () -> new MachineException("neither intel_pstate/no_turbo nor cpufreq/boost is below " + cpu));
    }

    private String isolated() {
        String cpus = line(sys, "devices/system/cpu/isolated");
        return cpus.isEmpty() ? "none" : cpus;
    }

    private String virtualisation() {
        String flags = " " + info("cpuinfo", "flags") + " ";
        if (!flags.contains(" hypervisor ")) {
            return "none";
        }
        return "guest"
                + KernelFiles.lineIfThere(sys.resolve("class/dmi/id/product_name"))
                        .map(product -> " on " + product)
                        .orElse("");
    }
}
