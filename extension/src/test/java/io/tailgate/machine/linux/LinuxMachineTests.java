/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.NumaNode;
import io.tailgate.machine.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small trees of {@code /proc} and {@code /sys}, in the form that real machines have them. */
class LinuxMachineTests {

    private final FakeLibC libc = new FakeLibC();

    private Machine machine(String name) {
        Path tree = Path.of("src/test/resources/machines", name);
        return new LinuxMachine(tree.resolve("proc"), tree.resolve("sys"), libc);
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    @Nested
    class Topologies {

        @Test
        void hasTwoNodesWithTheirMemory() {
            assertThat(machine("two-node").topology().nodes())
                    .containsExactly(
                            new NumaNode(0, Optional.of(CpuSet.parse("0-3,8-11")), 1L << 30),
                            new NumaNode(1, Optional.of(CpuSet.parse("4-7,12-14")), 2L << 30));
        }

        @Test
        void tellsPresentFromOnlineFromStartedOn() {
            libc.mask(FakeLibC.TID, 0b0011_1100L);
            Topology topology = machine("two-node").topology();
            assertThat(topology.present()).isEqualTo(CpuSet.parse("0-15"));
            assertThat(topology.online()).isEqualTo(CpuSet.parse("0-14"));
            assertThat(topology.startMask()).isEqualTo(CpuSet.parse("2-5"));
            assertThat(topology.usable()).isEqualTo(CpuSet.parse("2-5"));
        }

        @Test
        void readsTheHardwareAgainOnlyIfOtherCpusAreOnline(@TempDir Path copy) throws IOException {
            copyTree(Path.of("src/test/resources/machines/two-node"), copy);
            Path cpus = copy.resolve("sys/devices/system/cpu");
            Machine machine = new LinuxMachine(copy.resolve("proc"), copy.resolve("sys"), libc);
            assertThat(machine.topology().cores()).hasSize(8);

            Files.writeString(cpus.resolve("cpu0/topology/thread_siblings_list"), "0");
            Files.writeString(cpus.resolve("cpu8/topology/thread_siblings_list"), "8");
            assertThat(machine.topology().cores()).hasSize(8);

            Files.writeString(cpus.resolve("online"), "0-13");
            assertThat(machine.topology().online()).isEqualTo(CpuSet.parse("0-13"));
            assertThat(machine.topology().cores()).contains(CpuSet.of(0), CpuSet.of(8));
        }

        @Test
        void readsTheNodesWhoseMemoryTheCpusetAllows(@TempDir Path copy) throws IOException {
            assertThat(machine("two-node").topology().mems())
                    .as("no word of it")
                    .containsExactlyInAnyOrder(0, 1);
            copyTree(Path.of("src/test/resources/machines/two-node"), copy);
            Files.writeString(copy.resolve("proc/self/status"), "Name:\tjava\nMems_allowed_list:\t1\n");
            Topology topology = new LinuxMachine(copy.resolve("proc"), copy.resolve("sys"), libc).topology();
            assertThat(topology.mems()).containsExactly(1);
            assertThat(topology.nodes().stream().filter(topology::mayHavePagesOn))
                    .extracting(NumaNode::id)
                    .containsExactly(1);
        }

        @Test
        void pairsTheThreadsOfACore() {
            assertThat(machine("two-node").topology().cores())
                    .hasSize(8)
                    .contains(CpuSet.of(0, 8), CpuSet.of(6, 14), CpuSet.of(7));
        }

        @Test
        void isOneNodeWhereTheKernelHasNoNuma() {
            assertThat(machine("one-node").topology().nodes())
                    .containsExactly(new NumaNode(0, Optional.of(CpuSet.parse("0-3")), 16_316_412L * 1024));
        }

        @Test
        void readsTheCpusetOfBothVersions() {
            assertThat(machine("one-node").topology().cpuset()).isEqualTo(CpuSet.parse("1-3"));
            assertThat(machine("container").topology().cpuset()).isEqualTo(CpuSet.parse("2-3"));
            assertThat(machine("container").topology().usable()).isEqualTo(CpuSet.parse("2-3"));
        }
    }

    @Nested
    class Settings {

        private Path proc = Path.of("");

        private Machine machine(Path folder, String value) throws IOException {
            proc = folder;
            Files.createDirectories(folder.resolve("sys/kernel"));
            Files.writeString(folder.resolve("sys/kernel/numa_balancing"), value);
            return new LinuxMachine(folder, folder, libc);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "1", "65536", "-1"})
        void areReadAsTheyAre(String value, @TempDir Path folder) throws IOException {
            assertThat(machine(folder, value + "\n").read(NUMA_BALANCING)).isEqualTo(value);
        }

        @Test
        void mayBeAbsent() {
            Machine machine = LinuxMachineTests.this.machine("one-node");
            assertThat(machine.has(NUMA_BALANCING)).isFalse();
            assertThatExceptionOfType(MachineException.class)
                    .isThrownBy(() -> machine.read(NUMA_BALANCING))
                    .withMessageContaining("ENOENT");
        }

        @Test
        void sayWhyTheyCannotBeRead(@TempDir Path folder) throws IOException {
            Machine machine = machine(folder, "1");
            Files.delete(proc.resolve("sys/kernel/numa_balancing"));
            Files.createDirectory(proc.resolve("sys/kernel/numa_balancing"));
            assertThatExceptionOfType(MachineException.class)
                    .isThrownBy(() -> machine.read(NUMA_BALANCING))
                    .withMessageContainingAll("cannot read ", "numa_balancing", "Is a directory");
        }
    }

    @Test
    void knowsItsOwnNumber() {
        assertThat(machine("two-node").processId()).isEqualTo(4242);
    }

    @Test
    void countsTheHostsHintFaults() {
        assertThat(machine("two-node").numaHintFaults()).hasValue(101_410);
        assertThat(machine("container").numaHintFaults()).hasValue(0);
        assertThat(machine("one-node").numaHintFaults()).isEmpty();
        assertThat(machine("two-node").numaPteUpdates()).hasValue(900);
    }

    @Test
    void describesTheHost() {
        assertThat(machine("two-node").facts())
                .containsEntry("cpu model", "Intel(R) Xeon(R) Platinum 8269CY CPU @ 2.50GHz")
                .containsEntry("turbo", "off")
                .containsEntry("governor", "performance")
                .containsEntry("numa nodes", "2 (node 0: CPUs 0-3,8-11, 1024 MiB; node 1: CPUs 4-7,12-14, 2048 MiB)")
                .containsEntry("numa_balancing", "1")
                .containsEntry("virtualisation", "none")
                .containsEntry("cpu quota", "none");
        assertThat(machine("one-node").facts())
                .containsEntry("turbo", "on")
                .containsEntry("isolated cpus", "3")
                .containsEntry("cpu quota", "2.50 CPUs");
        assertThat(machine("container").facts())
                .containsEntry("virtualisation", "guest on m7a.2xlarge")
                .containsEntry("cpuset", "2-3")
                .containsEntry("cpu quota", "1.50 CPUs");
    }

    @Test
    void saysUnknownAndWhyInsteadOfLeavingAFactOut() {
        assertThat(machine("container").facts())
                .hasEntrySatisfying("governor", value -> assertThat(value).startsWith("unknown: cannot read"))
                .hasEntrySatisfying("turbo", value -> assertThat(value).startsWith("unknown: neither"));
        assertThat(machine("one-node").facts())
                .hasEntrySatisfying("numa_balancing", value -> assertThat(value).startsWith("unknown: "));
    }

    @Test
    void isLoudWhereItCannotControlAnything() {
        Machine unsupported = new UnsupportedMachine("Tailgate controls Linux, not Plan 9");
        assertThat(unsupported.whyUnsupported()).contains("Tailgate controls Linux, not Plan 9");
        assertThat(unsupported.facts()).containsValue("unknown: Tailgate controls Linux, not Plan 9");
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(unsupported::affinity)
                .withMessage("Tailgate controls Linux, not Plan 9");
        assertThatExceptionOfType(MachineException.class).isThrownBy(unsupported::counters);
    }
}
