/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.plan.QuietSetting.HUGEPAGE_DEFRAG;
import static io.tailgate.plan.QuietSetting.INTERRUPTS;
import static io.tailgate.plan.QuietSetting.NMI_WATCHDOG;
import static io.tailgate.plan.QuietSetting.TIMER_MIGRATION;
import static io.tailgate.plan.QuietSetting.TRANSPARENT_HUGEPAGES;
import static io.tailgate.plan.QuietSetting.VM_STATISTICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.Machine;
import io.tailgate.machine.linux.Machines;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.Placement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Another JVM that holds a guard until it is told to end, or is killed. */
final class HolderProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    /** Starts it; it holds the guard when {@link #awaitGuard} returns. */
    HolderProcess(String end) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        end)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static HolderProcess holding(String end) throws IOException {
        HolderProcess holder = new HolderProcess(end);
        holder.awaitGuard();
        return holder;
    }

    void awaitGuard() throws IOException {
        assertThat(output.readLine()).isEqualTo("SYSCTL");
    }

    long pid() {
        return process.pid();
    }

    /** Returns the process that keeps the setting for it. */
    ProcessHandle warden() {
        return process.children().filter(HolderProcess::isWarden).findFirst().orElseThrow();
    }

    private static boolean isWarden(ProcessHandle child) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + child.pid() + "/exe"))
                    .toString()
                    .contains("tailgate-warden");
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    /** Ends its window and returns what it says happened meanwhile, {@code null} for nothing. */
    @Nullable
    String disturbance() throws IOException {
        process.getOutputStream().write('w');
        process.getOutputStream().flush();
        String words = output.readLine();
        return "none".equals(words) ? null : words;
    }

    /** Lets it come to its own end. */
    int finish() throws IOException, InterruptedException {
        process.getOutputStream().close();
        return exitCode();
    }

    int signal(String name) throws IOException, InterruptedException {
        signal(name, pid());
        return exitCode();
    }

    static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    private int exitCode() throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS))
                .as("ended within 30 s")
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Holds the setting, says so, waits for the end of its input, and ends as it was told. */
    static final class Holder {

        static final Placement PLACEMENT =
                new Placement(Placement.ANY_NODE, null, 1, MemoryPlacement.UNCHANGED, BalancingPlan.OFF, List.of());

        /** With settings that also a virtual machine has. */
        static final Placement QUIET = new Placement(
                Placement.ANY_NODE,
                null,
                1,
                MemoryPlacement.UNCHANGED,
                BalancingPlan.OFF,
                List.of(
                        TRANSPARENT_HUGEPAGES,
                        HUGEPAGE_DEFRAG,
                        TIMER_MIGRATION,
                        VM_STATISTICS,
                        NMI_WATCHDOG,
                        INTERRUPTS));

        private Holder() {}

        public static void main(String[] args) throws IOException {
            switch (args[0]) {
                case "share" -> holdTheSettingOnly();
                case "quiet" -> holdGuard("close", QUIET);
                default -> holdGuard(args[0], PLACEMENT);
            }
        }

        private static void holdGuard(String end, Placement placement) throws IOException {
            try (Guard guard = Guard.apply(placement, Machines.ofThisHost())) {
                say(guard.protection().tier().toString());
                guard.startWindow();
                while (System.in.read() >= 0) {
                    guard.endWindow();
                    sayOrNone(guard.protection().disturbance());
                }
                switch (end) {
                    case "throw" -> throw new IllegalStateException("the test failed, on purpose");
                    case "exit" -> System.exit(3);
                    case "interrupt" -> Thread.currentThread().interrupt(); // as @Timeout does
                    default -> say("closing");
                }
            }
        }

        /** Guards of several JVMs would wait for each other's CPUs. */
        private static void holdTheSettingOnly() throws IOException {
            Machine machine = Machines.ofThisHost();
            try (UndoStack undo = new UndoStack()) {
                BalancingChange change = BalancingChange.apply(BalancingPlan.OFF, machine, undo);
                say(change.off() ? "SYSCTL" : change.reason());
                while (System.in.read() >= 0) {
                    List<String> words = change.disturbances("0", BalancingChange.now(machine));
                    sayOrNone(words.isEmpty() ? null : String.join("; ", words));
                }
            }
        }

        private static void sayOrNone(@Nullable String text) throws IOException {
            say(text == null ? "none" : text);
        }

        private static void say(String text) throws IOException {
            OutputStream out = System.out;
            out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
