/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailgate.guard.HolderProcess.Holder;
import io.tailgate.guard.QuietResult.Had;
import io.tailgate.machine.Machine;
import io.tailgate.machine.linux.Machines;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The real files of this host, silenced and put back, each as it was. Needs root; elsewhere it is skipped. */
@Tag("root")
@ResourceLock(Resources.GLOBAL)
class QuietRestoreSystemTests {

    private static final Path HUGEPAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    private static final Path DEFRAG = Path.of("/sys/kernel/mm/transparent_hugepage/defrag");
    private static final Path TIMER_MIGRATION = Path.of("/proc/sys/kernel/timer_migration");
    private static final Path STAT_INTERVAL = Path.of("/proc/sys/vm/stat_interval");
    private static final Path NMI_WATCHDOG = Path.of("/proc/sys/kernel/nmi_watchdog");

    /** Keeps other builds from this host meanwhile. */
    @RegisterExtension
    static final RealBalancing BALANCING = new RealBalancing();

    private final Machine machine = Machines.ofThisHost();
    private Map<Path, String> found = Map.of();
    private @Nullable SettingKeeper keeper;

    @BeforeEach
    void makeTheHostLoud() throws IOException {
        List<Path> files = new ArrayList<>(Stream.of(HUGEPAGES, DEFRAG, TIMER_MIGRATION, STAT_INTERVAL, NMI_WATCHDOG)
                .filter(Files::exists)
                .toList());
        assumeTrue(files.size() == 5, "needs a kernel with all of them, and has " + files);
        assumeTrue(machine.topology().usable().size() > 1, "needs a CPU that interrupts can go to");
        try (DirectoryStream<Path> interrupts = Files.newDirectoryStream(Path.of("/proc/irq"), "[0-9]*")) {
            interrupts.forEach(folder -> files.add(folder.resolve("smp_affinity_list")));
        }
        keeper = new SettingKeeper(files.toArray(Path[]::new));
        Files.writeString(HUGEPAGES, "madvise");
        Files.writeString(DEFRAG, "madvise");
        Files.writeString(TIMER_MIGRATION, "1");
        Files.writeString(STAT_INTERVAL, "17");
        found = contents(files);
    }

    @AfterEach
    void putTheHostBack() throws IOException {
        if (keeper != null) {
            keeper.close();
        }
    }

    private static Map<Path, String> contents(Iterable<Path> files) throws IOException {
        Map<Path, String> contents = new LinkedHashMap<>();
        for (Path file : files) {
            contents.put(file, SettingKeeper.read(file));
        }
        return contents;
    }

    private Map<Path, String> now() throws IOException {
        return contents(found.keySet());
    }

    @Test
    void areRestoredWhenTheGuardIsClosed() throws Exception {
        try (Guard guard = Guard.apply(Holder.QUIET, machine)) {
            guard.startWindow();
            assertSilence();
            guard.endWindow();

            Protection protection = guard.protection();
            assertThat(protection.disturbance()).isNull();
            assertThat(protection.quiet().subList(0, 5)).allMatch(result -> result.had() == Had.YES);
            assertThat(protection.quiet().get(3).before()).isEqualTo("17");
        }
        assertThat(now()).isEqualTo(found);
    }

    @Test
    void areRestoredWhenTheJvmIsKilled() throws Exception {
        try (HolderProcess holder = HolderProcess.holding("quiet")) {
            assertSilence();
            holder.signal("KILL");
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!now().equals(found) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertThat(now()).isEqualTo(found);
    }

    @Test
    void areLeftAsSomeoneElseSetThem() throws Exception {
        try (Guard guard = Guard.apply(Holder.QUIET, machine)) {
            guard.startWindow();
            Files.writeString(STAT_INTERVAL, "5");
            guard.endWindow();
            assertThat(guard.protection().disturbance()).contains("vm.stat_interval became 5 instead of 120");
        }
        assertThat(SettingKeeper.read(STAT_INTERVAL)).isEqualTo("5");
        Files.writeString(STAT_INTERVAL, "17");
        assertThat(now()).isEqualTo(found);
    }

    private void assertSilence() throws IOException {
        Map<Path, String> now = now();
        assertThat(now.get(HUGEPAGES)).contains("[never]");
        assertThat(now.get(DEFRAG)).contains("[never]");
        assertThat(now)
                .containsEntry(TIMER_MIGRATION, "0")
                .containsEntry(STAT_INTERVAL, "120")
                .containsEntry(NMI_WATCHDOG, "0");
        assertThat(now.entrySet())
                .as("interrupts that were moved")
                .anyMatch(file -> file.getKey().startsWith("/proc/irq")
                        && !found.entrySet().contains(file));
    }
}
