/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.benchmark;

import io.tailgate.guard.Guard;
import io.tailgate.machine.KernelSetting;
import io.tailgate.machine.Machine;
import io.tailgate.machine.linux.Machines;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What entering and leaving the guard costs a test: 1,000 of them for each placement, or as many as the property
 * {@code guard.cost.tests} says, interleaved in one process.
 *
 * <p>As root, half of the placements find {@code kernel.numa_balancing} at 1, as on a server; it is put back in the end.
 * Everybody else gets the value that the host has.
 */
final class GuardCost {

    private static final int TESTS = Integer.getInteger("guard.cost.tests", 1_000);
    private static final Path BALANCING = Path.of("/proc/sys/kernel/numa_balancing");

    private GuardCost() {}

    public static void main(String[] arguments) throws IOException {
        Machine machine = Machines.ofThisHost();
        List<String> values = Files.isWritable(BALANCING) ? List.of("0", "1") : List.of("as it is");
        List<Subject> subjects =
                values.stream().flatMap(value -> subjects(value).stream()).toList();
        String found = machine.has(KernelSetting.NUMA_BALANCING) ? machine.read(KernelSetting.NUMA_BALANCING) : "none";
        Thread restore = new Thread(() -> balancing(found));
        Runtime.getRuntime().addShutdownHook(restore);
        System.out.printf(
                Locale.ROOT,
                "guard cost a test, %,d tests of each placement, Java %s, load average %s%n",
                TESTS,
                Runtime.version(),
                Files.readAllLines(Path.of("/proc/loadavg")).get(0));
        for (int test = 0; test < TESTS; test++) {
            for (Subject subject : subjects) {
                balancing(subject.balancing);
                subject.enterAndLeave(machine);
            }
        }
        balancing(found);
        subjects.forEach(System.out::println);
        CallCosts costs = new CallCosts();
        for (Subject subject : subjects) {
            balancing(subject.balancing);
            costs.printFor(subject.toTitle(), machine, Math.max(1, TESTS / 10), subject::pass);
        }
    }

    private static List<Subject> subjects(String value) {
        return List.of(
                new Subject(value, MemoryPlacement.LOCAL, BalancingPlan.OFF),
                new Subject(value, MemoryPlacement.LOCAL, BalancingPlan.SHIELDED),
                new Subject(value, MemoryPlacement.UNCHANGED, BalancingPlan.UNCHANGED));
    }

    private static void balancing(String value) {
        if (value.length() == 1) {
            try {
                Files.writeString(BALANCING, value);
            } catch (IOException e) {
                throw new IllegalStateException("cannot set " + BALANCING + " to " + value, e);
            }
        }
    }

    /** A placement, and how long each step took in each test. */
    private static final class Subject {

        private final String balancing;
        private final Placement placement;
        private final List<Steps> tests = new ArrayList<>();

        Subject(String balancing, MemoryPlacement memory, BalancingPlan plan) {
            this.balancing = balancing;
            this.placement = new Placement(Placement.ANY_NODE, null, 1, memory, plan, List.of());
        }

        void enterAndLeave(Machine machine) {
            tests.add(pass(machine));
        }

        Steps pass(Machine machine) {
            long begin = System.nanoTime();
            Guard.choose(placement, machine); // before a test everything is validated
            long chosen = System.nanoTime();
            Guard guard = Guard.apply(placement, machine);
            long applied = System.nanoTime();
            guard.startWindow();
            long started = System.nanoTime();
            guard.endWindow();
            long ended = System.nanoTime();
            guard.close();
            long closed = System.nanoTime();
            return new Steps(
                    closed - begin,
                    List.of(chosen - begin, applied - chosen, started - applied, ended - started, closed - ended));
        }

        String toTitle() {
            return String.format(
                    "numaBalancing = %s, memory = %s, value %s", placement.balancing(), placement.memory(), balancing);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(toTitle());
            text.append(row("all", tests.stream().map(Steps::allNs)));
            text.append(row("apply and close", tests.stream().map(Steps::aroundNs)));
            List<String> names = List.of("validate", "apply", "start of window", "end of window", "close");
            for (int step = 0; step < names.size(); step++) {
                int at = step;
                text.append(row(
                        names.get(step),
                        tests.stream().map(test -> test.stepNs().get(at))));
            }
            return text.toString();
        }

        private static String row(String name, Stream<Long> ns) {
            List<Long> sorted = ns.sorted().toList();
            int n = sorted.size();
            return String.format(
                    Locale.ROOT,
                    "%n  %-16s median %7.3f ms, p99 %7.3f ms, best %7.3f ms (n = %,d)",
                    name,
                    sorted.get(n / 2) / 1e6,
                    sorted.get(n * 99 / 100) / 1e6,
                    sorted.get(0) / 1e6,
                    n);
        }
    }

    private record Steps(long allNs, List<Long> stepNs) {

        /** Entering and leaving alone, without what both ends of the measurement cost. */
        long aroundNs() {
            return stepNs.get(1) + stepNs.get(4);
        }
    }
}
