/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailgate.machine.CpuHolder;
import io.tailgate.machine.CpuReservations;
import io.tailgate.machine.CpuSet;
import io.tailgate.machine.MachineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The locks that are asked of the kernel, and what is made of its list of them. */
class LinuxReservationsTests {

    private static final String CPUS = "/sys/devices/system/cpu/";
    private static final CpuSet CPUS_2_AND_3 = CpuSet.of(2, 3);

    private final FakeLibC libc = new FakeLibC();
    private final CpuReservations reservations = new LinuxReservations(Path.of("/proc"), Path.of("/sys"), libc);

    @Test
    void takesEachCpuWithItsPlaceInLineForAMoment() {
        assertThat(reservations.reserve(CPUS_2_AND_3)).isEmpty();

        assertThat(libc.calls())
                .startsWith("open " + CPUS + "cpu2/uevent", "flock 3", "open " + CPUS + "cpu2", "flock 4", "close 3")
                .hasSize(10);
    }

    @Test
    void takesAllOrNone() {
        libc.lockedByOthers(6);

        assertThat(reservations.reserve(CPUS_2_AND_3)).contains(CpuSet.of(3));

        assertThat(libc.calls()).endsWith("flock 6", "close 6", "close 5", "close 4");
    }

    @Test
    void passesNobodyWhoWaits() {
        libc.lockedByOthers(3);

        assertThat(reservations.reserve(CpuSet.of(2))).contains(CpuSet.of(2));

        assertThat(libc.calls()).containsExactly("open " + CPUS + "cpu2/uevent", "flock 3", "close 3");
    }

    @Test
    void takesWhatThisProcessWaitedFor() {
        assertThat(reservations.queue(CpuSet.of(2))).isTrue();
        assertThat(reservations.reserve(CpuSet.of(2))).isEmpty();
        reservations.leaveQueue(CpuSet.of(2));

        assertThat(libc.calls()).endsWith("open " + CPUS + "cpu2", "flock 4", "close 3");
    }

    @Test
    void standsInLineForAllOrNone() {
        libc.lockedByOthers(4);

        assertThat(reservations.queue(CPUS_2_AND_3)).isFalse();

        assertThat(libc.calls()).endsWith("flock 4", "close 4", "close 3");
    }

    @Test
    void countsWithinThisProcess() {
        reservations.reserve(CPUS_2_AND_3);
        reservations.reserve(CpuSet.of(3));
        reservations.release(CpuSet.of(3));
        assertThat(libc.calls()).doesNotContain("close 6");

        reservations.release(CPUS_2_AND_3);
        assertThat(libc.calls()).endsWith("close 4", "close 6");
    }

    @Test
    void givesBackWhatItTookWhenTheNextIsRefused() {
        libc.refusing("open " + CPUS + "cpu3/uevent", 13, "Permission denied");

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> reservations.reserve(CPUS_2_AND_3))
                .withMessageContaining("cpu3/uevent")
                .withMessageContaining("Permission denied (errno 13)");

        assertThat(libc.calls()).endsWith("close 4");
    }

    @Test
    void closesWhatCannotBeLocked() {
        libc.refusing("flock", 95, "Operation not supported");

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> reservations.reserve(CPUS_2_AND_3))
                .withMessageContaining("Operation not supported (errno 95)");

        assertThat(libc.calls()).endsWith("flock 3", "close 3");
    }

    @Nested
    class TellWhoHasWhat {

        @TempDir
        Path folder = Path.of("");

        private Path proc = Path.of("");

        @BeforeEach
        void makeAHostOfFourCpus() throws IOException {
            proc = Files.createDirectories(folder.resolve("proc"));
            process(42, "java");
            Files.createSymbolicLink(proc.resolve("self"), proc.resolve("42"));
            Path cpus = Files.createDirectories(folder.resolve("sys/devices/system/cpu"));
            Files.writeString(cpus.resolve("present"), "0-3\n");
            for (int cpu = 0; cpu < 4; cpu++) {
                Files.writeString(
                        Files.createDirectory(cpus.resolve("cpu" + cpu)).resolve("uevent"), "");
            }
        }

        private void process(int pid, String... command) throws IOException {
            Path of = Files.createDirectories(proc.resolve(Integer.toString(pid)));
            Files.writeString(of.resolve("stat"), pid + " (java) S" + " 0".repeat(40));
            Files.writeString(of.resolve("cmdline"), String.join("\0", command) + "\0");
        }

        private String lock(int pid, String file) throws IOException {
            Path path = folder.resolve("sys/devices/system/cpu").resolve(file);
            long device = (Long) Files.getAttribute(path, "unix:dev");
            return String.format(
                    Locale.ROOT,
                    "7: FLOCK  ADVISORY  WRITE %d %02x:%02x:%d 0 EOF\n",
                    pid,
                    (device >> 8) & 0xfff,
                    (device & 0xff) | ((device >> 12) & 0xfff00),
                    (Long) Files.getAttribute(path, "unix:ino"));
        }

        private List<CpuHolder> others(String... locks) throws IOException {
            Files.writeString(proc.resolve("locks"), String.join("", locks));
            return new LinuxReservations(proc, folder.resolve("sys"), libc).others();
        }

        @Test
        void namesProcessAndCommand() throws IOException {
            process(77, "java", "-jar", "app.jar");
            List<CpuHolder> others = others(lock(77, "cpu2"), lock(77, "cpu3"), lock(77, "present"));

            assertThat(others).containsExactly(new CpuHolder(77, "java -jar app.jar", CPUS_2_AND_3, false));
            assertThat(others.get(0)).hasToString("process 77 (java -jar app.jar), which measures on 2-3");
        }

        @Test
        void tellsThoseWhoWaitFromThoseWhoMeasure() throws IOException {
            assertThat(others(lock(77, "cpu1/uevent"))).singleElement().hasToString("process 77, which waits for 1");
        }

        @Test
        void leavesThisProcessOut() throws IOException {
            assertThat(others(lock(42, "cpu1"))).isEmpty();
        }

        @Test
        void leavesOutOptionsAndCutsALongCommand() throws IOException {
            process(77, "/usr/bin/java", "-Xmx1g", "-cp", "x".repeat(500), "Main", "a".repeat(500));
            assertThat(others(lock(77, "cpu0")).get(0).command())
                    .hasSize(163)
                    .startsWith("java Main aaa")
                    .endsWith("aaa...");
        }

        @Test
        void skipsOtherLocks() throws IOException {
            assertThat(others(
                            "1: POSIX  ADVISORY  WRITE 77 fe:00:1 0 EOF\n",
                            "2: FLOCK  ADVISORY  WRITE 77 fe:00:1 0 EOF\n"))
                    .isEmpty();
        }
    }
}
