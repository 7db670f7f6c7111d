/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.ThreadId;
import io.tailgate.machine.Topology;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The JVM's compiler and collector threads, kept off the CPUs of a test where one is spare.
 *
 * <p>Only those are moved that may run wherever the process was started: one that has other CPUs was put there by
 * somebody, perhaps by a guard around this one. So each comes back to exactly what it had.
 */
final class JvmThreads {

    /** As the kernel has them, cut to 15 characters: HotSpot's compilers, its VM threads, G1, Parallel, ZGC, Shenandoah. */
    private static final Pattern NAMES = Pattern.compile("C[12] CompilerThre|JVMCI CompilerT|VM Thread|VM Periodic Tas"
            + "|GC Thread#.*|G1 .*|Z(Director|Driver|Stat|Uncommitter|Unmapper|Worker).*|Shenandoah .*");

    private static final System.Logger LOGGER = System.getLogger(JvmThreads.class.getName());

    private final Machine machine;
    private final CpuSet measured;
    private final CpuSet before;
    private final Optional<CpuSet> elsewhere;
    private final Set<ThreadId> older;
    private final Set<ThreadId> moved = new HashSet<>();

    JvmThreads(ReservedCpus reserved, Topology topology, Machine machine, Set<ThreadId> older) {
        this.machine = machine;
        this.measured = reserved.cpus();
        this.before = topology.startMask();
        this.elsewhere = spare(reserved, topology);
        this.older = Set.copyOf(older);
    }

    /** Of the CPUs that nobody measures on: those of the same node beside idle ones, else of the node, else any. */
    private static Optional<CpuSet> spare(ReservedCpus reserved, Topology topology) {
        CpuSet measured = reserved.cpus();
        Optional<CpuSet> free = topology.usable()
                .without(measured)
                .flatMap(cpus -> reserved.taken().isPresent()
                        ? cpus.without(reserved.taken().get())
                        : Optional.of(cpus));
        Optional<CpuSet> near = free.flatMap(cpus ->
                cpus.intersection(around(topology.nodes().stream().flatMap(node -> node.cpus().stream()), measured)));
        Optional<CpuSet> apart = near.flatMap(cpus -> cpus.without(around(topology.cores().stream(), measured)));
        return apart.or(() -> near).or(() -> free);
    }

    /** Returns all CPUs of the groups that hold one of {@code cpus}. */
    private static CpuSet around(Stream<CpuSet> groups, CpuSet cpus) {
        var all = cpus.toBitSet();
        groups.filter(group -> group.intersection(cpus).isPresent()).forEach(group -> all.or(group.toBitSet()));
        return CpuSet.of(all).orElseThrow();
    }

    /** Moves those among {@code threads}. */
    void move(Map<ThreadId, String> threads) {
        elsewhere.ifPresent(cpus -> threads.forEach((thread, name) -> {
            if (NAMES.matcher(name).matches() && !moved.contains(thread)) {
                move(thread, cpus);
            }
        }));
    }

    /** Moves those that were born since; some are only when they are needed. */
    void moveNewOnes() {
        if (elsewhere.isPresent()) {
            move(machine.threadNames());
        }
    }

    private void move(ThreadId thread, CpuSet cpus) {
        try {
            if (machine.affinity(thread).filter(before::equals).isPresent()) {
                moved.add(thread);
                machine.setAffinity(thread, cpus);
            }
        } catch (MachineException e) { // the test can do without
            LOGGER.log(System.Logger.Level.DEBUG, "a thread of the JVM stays where it is", e);
        }
    }

    /** Says whether a thread is one that was moved, or was born of one, and is still there. */
    boolean isElsewhere(ThreadId thread, CpuSet now) {
        return elsewhere.filter(now::equals).isPresent() && (moved.contains(thread) || !older.contains(thread));
    }

    /** Returns what was done, or why nothing could be; empty if nothing had to be. */
    Optional<String> remark() {
        if (elsewhere.isEmpty()) {
            return Optional.of("the JVM's own threads share CPUs " + measured + " with the test: no other is free");
        }
        return elsewhere
                .filter(cpus -> !moved.isEmpty())
                .map(cpus -> moved.size() + " compiler and collector threads of the JVM were kept on CPUs " + cpus);
    }
}
