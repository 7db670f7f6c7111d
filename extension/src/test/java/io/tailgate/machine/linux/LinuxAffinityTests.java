/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import io.tailgate.machine.ThreadId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CPU masks of invented kernels. */
class LinuxAffinityTests {

    private final FakeLibC libc = new FakeLibC();

    private Machine machine(String name) {
        Path tree = Path.of("src/test/resources/machines", name);
        return new LinuxMachine(tree.resolve("proc"), tree.resolve("sys"), libc);
    }

    @Test
    void growsTheMaskForAKernelOfMoreThan1024Cpus() {
        libc.kernelCpus(4096).mask(FakeLibC.TID, new long[] {0, 0, 1L << 2});

        assertThat(machine("two-node").affinity()).isEqualTo(CpuSet.of(130));

        assertThat(libc.calls())
                .containsExactly("sched_getaffinity 0 1024", "sched_getaffinity 0 2048", "sched_getaffinity 0 4096");
    }

    @Test
    void readsTheNamesOfThreads() {
        assertThat(machine("two-node").threadNames())
                .isEqualTo(Map.of(new ThreadId(4242, 5000), "java", new ThreadId(4243, 5003), "GC Thread#0 (x) y"));
    }

    @Test
    void readsAHostOf4096Cpus(@TempDir Path folder) throws IOException {
        Path cpus = Files.createDirectories(folder.resolve("devices/system/cpu"));
        Files.writeString(cpus.resolve("online"), "0-4095\n");
        Files.writeString(cpus.resolve("present"), "0-4095\n");
        long[] all = new long[4096 / Long.SIZE];
        Arrays.fill(all, -1);
        libc.kernelCpus(4096).mask(FakeLibC.TID, all);
        Path proc = Path.of("src/test/resources/machines/one-node/proc");
        Machine machine = new LinuxMachine(proc, folder, libc);

        assertThat(machine.topology().usable()).isEqualTo(CpuSet.parse("0-4095"));
    }

    @Test
    void namesCpusAbove1024() {
        libc.kernelCpus(4096);
        Machine machine = machine("two-node");
        machine.setAffinity(CpuSet.of(1500));
        assertThat(machine.affinity()).isEqualTo(CpuSet.of(1500));
    }

    @Test
    void findsAllThreadsByNumberAndStart() {
        libc.mask(4243, 0b11);
        assertThat(machine("two-node").affinities())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        new ThreadId(4242, 5000), CpuSet.parse("0-7"), new ThreadId(4243, 5003), CpuSet.of(0, 1)));
    }

    @Test
    void doesNotReadThreadsThatAreKnown() {
        libc.mask(4243, 0b11);
        assertThat(machine("two-node").affinities(Set.of(new ThreadId(4242, 5000))))
                .isEqualTo(Map.of(new ThreadId(4243, 5003), CpuSet.of(0, 1)));
        assertThat(libc.calls()).noneMatch(call -> call.startsWith("sched_getaffinity 4242"));
    }

    @Test
    void leavesOutAThreadThatEndsMeanwhile() {
        assertThat(machine("two-node").affinities()).containsOnlyKeys(new ThreadId(4242, 5000));
        assertThat(machine("two-node").setAffinity(new ThreadId(4243, 5003), CpuSet.of(0)))
                .isFalse();
    }

    @Test
    void refusesAThreadThatWasGivenTheNumberLater() {
        ThreadId earlier = new ThreadId(4242, 4000);
        assertThat(machine("two-node").affinity(earlier)).isEmpty();
        assertThat(machine("two-node").setAffinity(earlier, CpuSet.of(0))).isFalse();
        assertThat(libc.calls()).noneMatch(call -> call.startsWith("sched_setaffinity"));
    }
}
