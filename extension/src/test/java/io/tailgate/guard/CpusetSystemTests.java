/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import io.tailgate.machine.OneBuildAtATime;
import io.tailgate.machine.linux.Machines;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.Placement;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A real JVM in a real cpuset that changes while its guard holds. Needs root, two CPUs and cpusets: of version 1, or of
 * version 2 where the root group hands them on, as systemd lets it.
 */
@Tag("root")
@Timeout(120)
@ExtendWith(OneBuildAtATime.class) // others change settings of the host, which would be told before the cpuset
class CpusetSystemTests {

    private static final Path VERSION_1 = Path.of("/sys/fs/cgroup/cpuset");
    private static final Path VERSION_2 = Path.of("/sys/fs/cgroup");
    private static final boolean IS_VERSION_1 = Files.isWritable(VERSION_1.resolve("cpuset.cpus"));
    private static final CpuSet BOTH = CpuSet.of(0, 1);

    private final Path group = (IS_VERSION_1 ? VERSION_1 : VERSION_2)
            .resolve("tailgate-test-" + ProcessHandle.current().pid());
    private @Nullable Process process;

    @BeforeEach
    void makeACpuset() throws IOException {
        assumeTrue(
                IS_VERSION_1 || handsOnCpusets(),
                "needs root and cpusets, of version 1 or handed on to groups of version 2: echo +cpuset >" + VERSION_2
                        + "/cgroup.subtree_control");
        assumeTrue(Machines.ofThisHost().topology().usable().containsAll(BOTH), "needs CPUs 0 and 1");
        Files.createDirectory(group);
        allow("0-1");
        if (IS_VERSION_1) { // where an empty list allows nothing, and not all that the parent has
            Files.write(group.resolve("cpuset.mems"), Files.readAllLines(VERSION_1.resolve("cpuset.mems")));
        }
    }

    private static boolean handsOnCpusets() throws IOException {
        Path file = VERSION_2.resolve("cgroup.subtree_control");
        return Files.isWritable(file) && Files.readAllLines(file).stream().anyMatch(line -> line.contains("cpuset"));
    }

    private void allow(String cpus) throws IOException {
        Files.writeString(group.resolve("cpuset.cpus"), cpus);
    }

    @AfterEach
    void removeIt() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
        for (int i = 0; i < 3_000 && Files.exists(group); i++) { // a group is busy until its last process is reaped
            if (group.toFile().delete()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(group).doesNotExist();
    }

    /** Lets the JVM do its next step and returns what it says. */
    private String step(BufferedReader output) throws IOException {
        if (process != null) {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }
        return output.readLine();
    }

    private BufferedReader start(String cpus) throws IOException {
        Process started = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "echo $$ >\"$0\" && exec \"$@\"",
                        group.resolve("cgroup.procs").toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Guarded.class.getName(),
                        cpus)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process = started;
        return started.inputReader();
    }

    @Test
    void isToldAndUndoneIfItShrinksAndWidensAgain() throws IOException {
        BufferedReader jvm = start("1");
        assertThat(jvm.readLine()).isEqualTo("pinned to 1");

        allow("0");
        assertThat(step(jvm))
                .isEqualTo("the test's thread was put on CPUs 0 instead of 1; the cpuset of this process now allows 0");
        allow("0-1");
        assertThat(step(jvm)).isEqualTo("after 0-1, others 0-1");
    }

    @Test
    void isFollowedIfItWidensAfterTheGuardClosed() throws IOException {
        BufferedReader jvm = start("1");
        assertThat(jvm.readLine()).isEqualTo("pinned to 1");

        allow("0");
        assertThat(step(jvm)).contains("instead of 1");
        assertThat(step(jvm)).as("as far as the cpuset allows").isEqualTo("after 0, others 0");
        allow("0-1");
        assertThat(step(jvm)).isEqualTo("at last 0-1, others 0-1");
    }

    @Test
    void isFollowedIfItWasNarrowWhenTheGuardBegan() throws IOException {
        allow("1");
        BufferedReader jvm = start("1");
        assertThat(jvm.readLine()).isEqualTo("pinned to 1");

        allow("0-1");
        assertThat(step(jvm)).isEqualTo("null");
        assertThat(step(jvm)).isEqualTo("after 0-1, others 0-1");
    }

    /** Guards itself, and takes one step for each line that it reads. */
    static final class Guarded {

        private Guarded() {}

        public static void main(String[] args) throws Exception {
            Machine machine = Machines.ofThisHost();
            Placement placement = new Placement(
                    Placement.ANY_NODE,
                    CpuSet.parse(args[0]),
                    0,
                    MemoryPlacement.UNCHANGED,
                    BalancingPlan.UNCHANGED,
                    List.of());
            try (Guard guard = Guard.apply(placement, machine)) {
                guard.startWindow();
                System.out.println("pinned to " + guard.cpus());
                System.in.read();
                guard.endWindow();
                System.out.println(guard.protection().disturbance());
                System.in.read();
            }
            System.out.println("after " + masks(machine));
            System.in.read();
            System.out.println("at last " + masks(machine));
        }

        private static String masks(Machine machine) {
            List<CpuSet> others =
                    machine.affinities().values().stream().distinct().toList();
            return machine.affinity() + ", others "
                    + (others.size() == 1 ? others.get(0).toString() : others.toString());
        }
    }
}
