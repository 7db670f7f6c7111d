/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.CpuHolder;
import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import io.tailgate.machine.OneBuildAtATime;
import io.tailgate.machine.linux.Machines;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.Placement;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real JVMs on the CPUs of this host, as whatever user runs them. */
@EnabledOnOs(OS.LINUX)
@ResourceLock(Resources.GLOBAL)
@Timeout(120)
@ExtendWith(
        OneBuildAtATime.class) // one that waits for its JVM to wait would wait for the one in front of that, and so on
class ReservationLiveTests {

    private static final int HOLDS = 10;

    private final Machine machine = Machines.ofThisHost();
    private final CpuSet last =
            CpuSet.of(machine.topology().usable().stream().max().orElseThrow());

    private static Placement asking(@Nullable CpuSet cpus, int cpuCount) {
        return new Placement(
                Placement.ANY_NODE,
                cpus,
                cpuCount,
                MemoryPlacement.UNCHANGED,
                BalancingPlan.UNCHANGED,
                List.of(),
                Duration.ofSeconds(100));
    }

    /** By the clock that all processes of a host share. */
    private record Hold(CpuSet cpus, long from, long to) {
        static Hold parse(String line) {
            String[] fields = line.split(" ", -1);
            return new Hold(CpuSet.parse(fields[0]), Long.parseLong(fields[1]), Long.parseLong(fields[2]));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void neverMeasureOnOneCpuAtOnce(int jvms) throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < jvms; i++) {
            processes.add(jvm("measure", i % 2 == 0 ? "1" : "0")); // some take what is free, others wait for all
        }
        List<Hold> holds = new ArrayList<>();
        for (Process process : processes) {
            process.inputReader().lines().map(Hold::parse).forEach(holds::add);
            assertThat(process.waitFor()).isZero();
        }

        assertThat(holds).hasSize(jvms * HOLDS);
        machine.topology().usable().stream().forEach(cpu -> assertApart(holdsOf(cpu, holds)));
    }

    private static List<Hold> holdsOf(int cpu, List<Hold> holds) {
        return holds.stream()
                .filter(hold -> hold.cpus.contains(cpu))
                .sorted(Comparator.comparingLong(Hold::from))
                .toList();
    }

    private static void assertApart(List<Hold> holds) {
        for (int i = 1; i < holds.size(); i++) {
            assertThat(holds.get(i).from).isGreaterThan(holds.get(i - 1).to);
        }
    }

    @Test
    void tellWhoTheyAreAndHoldNothingOnceKilled() throws Exception {
        Process holder = jvm("wait", last.toString());
        BufferedReader output = holder.inputReader();
        assertThat(output.readLine()).isEqualTo("held");

        CpuHolder told = machine.reservations().others().stream()
                .filter(other -> other.pid() == holder.pid())
                .findFirst()
                .orElseThrow();
        assertThat(told.cpus()).isEqualTo(last);
        assertThat(told.waiting()).isFalse();
        assertThat(told.command()).contains("java");

        holder.destroyForcibly().waitFor();
        try (Guard guard = Guard.apply(asking(last, 0), machine)) {
            assertThat(guard.cpus()).isEqualTo(last);
        }
    }

    @Test
    void shareWhatTheirOwnJvmReserved() {
        try (Guard outer = Guard.apply(asking(last, 0), machine);
                Guard inner = Guard.apply(asking(last, 0), Machines.ofThisHost())) {
            assertThat(inner.cpus()).isEqualTo(outer.cpus());
        }
    }

    @Test
    void letAWaitingJvmInBetweenTwoTests() throws Exception {
        Guard first = Guard.apply(asking(last, 0), machine);
        try {
            Process waiting = jvm("leave", last.toString());
            awaitWaiting(waiting);
            first.close();
            try (Guard second = Guard.apply(asking(last, 0), machine)) {
                assertThat(second.cpus()).isEqualTo(last);
                assertThat(waiting.waitFor(60, TimeUnit.SECONDS)) // its lock is gone some time before it is
                        .as("its turn came first")
                        .isTrue();
            }
            assertThat(waiting.inputReader().readLine()).isEqualTo("held");
        } finally {
            first.close();
        }
    }

    /** Whoever looks whether CPUs are free stands in line for a moment, too; who waits is seen there each time. */
    private void awaitWaiting(Process process) throws InterruptedException {
        for (int seen = 0; seen < 30; seen = isInLine(process) ? seen + 1 : 0) {
            assertThat(process.isAlive()).isTrue();
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private boolean isInLine(Process process) {
        return machine.reservations().others().stream()
                .anyMatch(other -> other.pid() == process.pid() && other.waiting());
    }

    private static Process jvm(String how, String cpus) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Measurer.class.getName(),
                        how,
                        cpus)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Another JVM that measures. */
    static final class Measurer {

        private Measurer() {}

        public static void main(String[] args) throws Exception {
            if (args[0].equals("measure")) {
                measure(Integer.parseInt(args[1]));
                return;
            }
            Guard guard = Guard.apply(asking(CpuSet.parse(args[1]), 0), Machines.ofThisHost());
            System.out.println("held");
            if (args[0].equals("wait")) {
                TimeUnit.MINUTES.sleep(2);
            }
            Runtime.getRuntime().halt(guard.cpus() == null ? 1 : 0); // which closes no guard
        }

        private static void measure(int cpuCount) throws InterruptedException {
            List<String> holds = new ArrayList<>();
            for (int i = 0; i < HOLDS; i++) {
                try (Guard guard = Guard.apply(asking(null, cpuCount), Machines.ofThisHost())) {
                    long from = System.nanoTime();
                    TimeUnit.MILLISECONDS.sleep(2);
                    holds.add(Objects.requireNonNull(guard.cpus()) + " " + from + " " + System.nanoTime());
                }
            }
            holds.forEach(System.out::println);
        }
    }
}
