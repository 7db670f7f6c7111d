/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailgate.machine.MachineException;
import io.tailgate.machine.MemoryShield;
import io.tailgate.machine.NumaPolicy.Mode;
import io.tailgate.machine.PagesRead;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which pages are read of an invented process whose pages are as a test says. */
class MapAgainTests {

    private static final int PAGE = 4096;
    private static final byte[] PRESENT = {-1, -1, -1, -1, -1, -1, -1, -1}; // whatever the order of bytes
    private static final long LONG_ENOUGH = TimeUnit.MINUTES.toNanos(1);

    private final FakeLibC libc = new FakeLibC().mode(Mode.LOCAL.number());

    @TempDir
    private Path root;

    private Path proc;

    private Path pagemap;

    @BeforeEach
    void makeTheProcess() throws IOException {
        proc = root.resolve("proc");
        pagemap = Files.createDirectories(proc.resolve("self")).resolve("pagemap");
        mappings("00100000-00110000 rw-p 00000000 00:00 0 [heap]");
    }

    private void mappings(String... lines) throws IOException {
        Files.write(proc.resolve("self/maps"), String.join("\n", lines).getBytes(StandardCharsets.US_ASCII));
        try (RandomAccessFile file = new RandomAccessFile(pagemap.toFile(), "rw")) {
            file.setLength(0x10_000_000L / PAGE * Long.BYTES);
        }
    }

    private void present(long... addresses) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(pagemap.toFile(), "rw")) {
            for (long address : addresses) {
                file.seek(address / PAGE * Long.BYTES);
                file.write(PRESENT);
            }
        }
    }

    private MemoryShield shield() {
        return new LinuxMachine(proc, root.resolve("sys"), libc).shield();
    }

    private PagesRead mapAgain() {
        return shield().mapAgain(LONG_ENOUGH);
    }

    @Test
    void readsOnlyPagesThatAreThere() throws IOException {
        present(0x100000, 0x103000, 0x10f000, 0x110000);
        assertThat(mapAgain()).isEqualTo(new PagesRead(3, true));
        assertThat(libc.bytesRead()).containsExactly(0x100000L, 0x103000L, 0x10f000L);
        assertThat(libc.calls()).containsExactly("memfd_create", "close memfd");
    }

    @Test
    void readsMappingsOfAnySize() throws IOException {
        mappings("00400000-00c01000 rw-p 00000000 00:00 0");
        present(0x400000, 0x7ff000, 0x800000, 0xbff000, 0xc00000);
        mapAgain();
        assertThat(libc.bytesRead()).containsExactly(0x400000L, 0x7ff000L, 0x800000L, 0xbff000L, 0xc00000L);
    }

    @Test
    void readsOnlyMemoryThatTheKernelScans() throws IOException {
        mappings(
                "00100000-00101000 r-xp 00000000 08:01 1234   /usr/lib/libc.so.6",
                "00102000-00103000 rw-p 00000000 08:01 1234   /usr/lib/libc.so.6",
                "00104000-00105000 rw-s 00000000 00:06 77 /dev/nvidiactl",
                "00106000-00107000 rw-s 00000000 00:1b 78 /dev/shm/queue",
                "00108000-00109000 rw-s 00000000 00:01 79 /dev/zero (deleted)",
                "0010a000-0010b000 rw-s 00000000 00:01 80 /memfd:java_heap (deleted)",
                "0010c000-0010d000 rw-s 00000000 00:0e 81 anon_inode:[perf_event]",
                "0010e000-0010f000 rw-s 00000000 00:15 82 /sys/devices/pci0000:00/0000:00:02.0/resource0",
                "00110000-00111000 ---p 00000000 00:00 0",
                "00112000-00113000 -w-p 00000000 00:00 0",
                "00114000-00115000 r--p 00000000 00:00 0",
                "00116000-00117000 rw-p 00000000 00:00 0 [stack]",
                "00118000-00119000 r--p 00000000 00:00 0 [vvar]",
                "0011a000-0011b000 rw-s 00000000 00:0b 83 /drm mm object (deleted)",
                "0011c000-0011d000 rw-s 00000000 08:01 84 /tmp/hsperfdata_a b/4242");
        for (long page = 0x100000; page < 0x120000; page += PAGE) {
            present(page);
        }
        mapAgain();
        assertThat(libc.bytesRead())
                .containsExactly(0x102000L, 0x106000L, 0x108000L, 0x10a000L, 0x114000L, 0x116000L, 0x11c000L);
    }

    @Test
    void passesOverWhatIsNoLongerThere() throws IOException {
        present(0x100000, 0x101000, 0x102000, 0x103000);
        libc.gone(0x100000).gone(0x102000);
        assertThat(mapAgain()).isEqualTo(new PagesRead(2, true));
        assertThat(libc.bytesRead()).containsExactly(0x101000L, 0x103000L);
    }

    @Test
    void goesOnWhereTheKernelWasCalledAway() throws IOException {
        present(0x100000, 0x101000, 0x102000, 0x103000, 0x104000);
        libc.mostBytesAtOnce(2).gone(0x102000);
        assertThat(mapAgain()).isEqualTo(new PagesRead(4, true));
        assertThat(libc.bytesRead()).containsExactly(0x100000L, 0x101000L, 0x103000L, 0x104000L);
    }

    @Test
    void leavesTheLargestMappingToTheEnd() throws IOException {
        mappings("00400000-00c01000 rw-p 00000000 00:00 0", "00d00000-00d02000 rw-p 00000000 00:00 0 [stack]");
        present(0x400000, 0xd01000);
        mapAgain();
        assertThat(libc.bytesRead()).containsExactly(0xd01000L, 0x400000L);
    }

    @Test
    void stopsWhenItsTimeIsOver() throws IOException {
        present(0x100000);
        assertThat(shield().mapAgain(0)).isEqualTo(new PagesRead(0, false));
        assertThat(libc.calls()).endsWith("close memfd");
    }

    private void nodesWithMemory(String list) throws IOException {
        Path nodes = Files.createDirectories(root.resolve("sys/devices/system/node"));
        Files.writeString(nodes.resolve("has_memory"), list + "\n");
    }

    @Test
    void needsNoPolicyWherePagesHaveNoOtherNode() throws IOException {
        nodesWithMemory("0");
        libc.refusing("get_mempolicy", 1, "Operation not permitted");
        present(0x100000);
        assertThat(mapAgain()).isEqualTo(new PagesRead(1, true));
        assertThat(libc.calls()).containsExactly("memfd_create", "close memfd");
    }

    @Test
    void needsAPolicyWherePagesHaveAnotherNode() throws IOException {
        nodesWithMemory("0-1");
        libc.mode(Mode.DEFAULT.number());
        mapAgain();
        assertThat(libc.calls()).startsWith("set_mempolicy 4 none");
    }

    @Test
    void movesNoPageToAThreadWithoutAPolicy() {
        libc.mode(Mode.DEFAULT.number());
        mapAgain();
        assertThat(libc.calls())
                .containsExactly("set_mempolicy 4 none", "memfd_create", "close memfd", "set_mempolicy 0 10");
    }

    @Test
    void movesNoPageToAThreadWhosePolicyLetsBalancingIn() {
        libc.mode(Mode.BIND.number() | 1 << 13);
        mapAgain();
        assertThat(libc.calls())
                .containsExactly("set_mempolicy 4 none", "memfd_create", "close memfd", "set_mempolicy 8194 10");
    }

    @Test
    void readsNothingWherePagesMightMove() {
        libc.mode(Mode.DEFAULT.number()).refusing("set_mempolicy", 1, "Operation not permitted");
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(this::mapAgain)
                .withMessageContaining("Operation not permitted (errno 1)");
        assertThat(libc.calls()).containsExactly("set_mempolicy 4 none");
    }

    @Test
    void putsThePolicyBackWhereReadingIsRefused() {
        libc.mode(Mode.DEFAULT.number()).refusing("memfd_create", 38, "Function not implemented");
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(this::mapAgain)
                .withMessageContaining("Function not implemented (errno 38)");
        assertThat(libc.calls()).endsWith("set_mempolicy 0 10");
    }

    @Test
    void saysThatItCannotReadWhichPagesAreThere() throws IOException {
        Files.delete(pagemap);
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(this::mapAgain)
                .withMessageStartingWith("cannot read which pages are in memory from " + pagemap);
    }
}
