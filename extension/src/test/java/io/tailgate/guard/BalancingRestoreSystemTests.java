/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.linux.Machines;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.Placement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * The real setting of this host, and a real JVM that dies while it holds it.
 *
 * <p>Needs root; as an ordinary user it is skipped. The setting is put back even if a test here fails, or this JVM is killed.
 */
@Tag("root")
@ResourceLock(Resources.GLOBAL)
class BalancingRestoreSystemTests {

    private static final String FOUND = "1";

    /** Two builds on one host would each see the other's value. */
    private static @Nullable FileChannel oneBuildAtATime;

    private final Machine machine = Machines.ofThisHost();
    private @Nullable SettingKeeper keeper;

    @BeforeAll
    static void waitForOtherBuilds() throws IOException {
        oneBuildAtATime = FileChannel.open(
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "tailgate-system-tests-" + System.getProperty("user.name")),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        oneBuildAtATime.lock();
    }

    @AfterAll
    static void letOtherBuildsIn() throws IOException {
        if (oneBuildAtATime != null) {
            oneBuildAtATime.close();
        }
    }

    @BeforeEach
    void switchBalancingOn() throws IOException {
        assumeTrue(machine.whyUnsupported().isEmpty(), () -> "needs Linux: " + machine.whyUnsupported());
        assumeTrue(machine.has(NUMA_BALANCING), "needs a kernel with NUMA balancing");
        Optional<String> refusal = machine.whyNotWritable(NUMA_BALANCING);
        assumeTrue(refusal.isEmpty(), () -> "needs root: " + refusal);
        keeper = new SettingKeeper(Path.of("/proc").resolve(NUMA_BALANCING.procPath()));
        machine.write(NUMA_BALANCING, FOUND);
    }

    @AfterEach
    void putTheSettingBack() throws IOException {
        if (keeper != null) {
            keeper.close();
        }
    }

    @Test
    void isRestoredWhenTheGuardCloses() throws Exception {
        assertThat(holder("close").finish()).isZero();
        assertThat(machine.read(NUMA_BALANCING)).isEqualTo(FOUND);
    }

    @Test
    void isRestoredWhereMemoryTieringWasOn() throws Exception {
        try {
            machine.write(NUMA_BALANCING, "2");
        } catch (MachineException e) {
            assumeTrue(false, () -> "needs a kernel from 5.18 on: " + e.getMessage());
        }
        assertThat(holder("close").finish()).isZero();
        assertThat(machine.read(NUMA_BALANCING)).isEqualTo("2");
    }

    @Test
    void isRestoredWhenTheTestThrows() throws Exception {
        assertThat(holder("throw").finish()).isEqualTo(1);
        assertThat(machine.read(NUMA_BALANCING)).isEqualTo(FOUND);
    }

    @Test
    void isRestoredWhenTheJvmExits() throws Exception {
        assertThat(holder("exit").finish()).isEqualTo(3);
        assertThat(machine.read(NUMA_BALANCING)).isEqualTo(FOUND);
    }

    @Test
    void isRestoredOnCtrlC() throws Exception {
        long ignored = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(
                        line.substring(line.indexOf(':') + 1).strip(), 16))
                .sum();
        assumeTrue((ignored & 1L << (2 - 1)) == 0, "needs a build that was not started with SIGINT ignored, as & does");
        assertThat(holder("wait").signal("INT")).isEqualTo(128 + 2);
        assertThat(machine.read(NUMA_BALANCING)).isEqualTo(FOUND);
    }

    @Test
    void isRestoredWhenTheJvmIsTerminated() throws Exception {
        assertThat(holder("wait").signal("TERM")).isEqualTo(128 + 15);
        assertThat(machine.read(NUMA_BALANCING)).isEqualTo(FOUND);
    }

    @Test
    void isRestoredByAThreadThatWasInterrupted() throws Exception {
        assertThat(holder("interrupt").finish()).isZero();
        assertThat(machine.read(NUMA_BALANCING)).isEqualTo(FOUND);
    }

    @Test
    void isRestoredByTheNextGuardAfterAKill() throws Exception {
        assertThat(holder("wait").signal("KILL")).isEqualTo(128 + 9);
        assertThat(machine.read(NUMA_BALANCING)).as("nobody was left to do it").isEqualTo("0");

        try (Guard next = Guard.apply(Holder.PLACEMENT, machine)) {
            assertThat(next.protection().balancingBefore()).isEqualTo(FOUND);
            assertThat(machine.read(NUMA_BALANCING)).isEqualTo("0");
        }
        assertThat(machine.read(NUMA_BALANCING)).isEqualTo(FOUND);
    }

    @Test
    void isLeftToTheProcessThatHoldsIt() throws Exception {
        HolderProcess first = holder("wait");
        try (Guard second = Guard.apply(Holder.PLACEMENT, machine)) {
            assertThat(second.protection().reason())
                    .contains("already 0, held there by process " + first.process.pid());
            second.startWindow();
            first.signal("TERM");
            second.endWindow();
            assertThat(second.protection().disturbance()).contains("kernel.numa_balancing became 1 instead of 0");
        }
        assertThat(machine.read(NUMA_BALANCING)).isEqualTo(FOUND);
    }

    private HolderProcess holder(String end) throws IOException {
        return new HolderProcess(end);
    }

    /** A JVM that applied a guard. */
    private final class HolderProcess {

        private final Process process;

        HolderProcess(String end) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Holder.class.getName(),
                            end)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader output =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            assertThat(output.readLine()).isEqualTo("SYSCTL");
            assertThat(machine.read(NUMA_BALANCING)).isEqualTo("0");
        }

        /** Lets it come to its own end. */
        int finish() throws IOException, InterruptedException {
            process.getOutputStream().close();
            return exitCode();
        }

        int signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            return exitCode();
        }

        private int exitCode() throws InterruptedException {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the holder did not end within 30 s");
            }
            return process.exitValue();
        }
    }

    /** Applies a guard, says so, waits for the end of its input, and ends as it was told. */
    static final class Holder {

        static final Placement PLACEMENT =
                new Placement(Placement.ANY_NODE, null, 1, MemoryPlacement.UNCHANGED, BalancingPlan.OFF, List.of());

        private Holder() {}

        public static void main(String[] args) throws IOException {
            try (Guard guard = Guard.apply(PLACEMENT, Machines.ofThisHost())) {
                System.out.println(guard.protection().tier());
                while (System.in.read() >= 0) {
                    // waits for the end of input
                }
                switch (args[0]) {
                    case "throw" -> throw new IllegalStateException("the test failed, on purpose");
                    case "exit" -> System.exit(3);
                    case "interrupt" -> Thread.currentThread().interrupt(); // as @Timeout does
                    default -> System.out.println("closing");
                }
            }
        }
    }
}
