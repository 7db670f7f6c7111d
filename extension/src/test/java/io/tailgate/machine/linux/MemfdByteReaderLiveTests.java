/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.tailgate.machine.PagesRead;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The kernel's reads of this very JVM; needs no privilege. */
class MemfdByteReaderLiveTests {

    private static final long NOTHING = 0x300000; // a program begins at 4 MiB

    private static final int EPERM = 1;

    private final LibC libc = new JnaLibC();

    @Test
    void readsUpToTheFirstAddressWhereThereIsNothing() {
        try (Memory memory = new Memory(3);
                ByteReader reader = libc.byteReader()) {
            long there = Pointer.nativeValue(memory);
            long[] addresses = {there, there + 1, NOTHING, there + 2};
            assertThat(reader.read(addresses, 0, 4)).isEqualTo(2);
            assertThat(reader.read(addresses, 2, 4)).isZero();
            assertThat(reader.read(addresses, 3, 4)).isEqualTo(1);
        }
    }

    @Test
    void readsAsManyAsTheKernelTakesAtOnce() {
        try (Memory memory = new Memory(ByteReader.MOST);
                ByteReader reader = libc.byteReader()) {
            long[] addresses = new long[ByteReader.MOST];
            for (int i = 0; i < addresses.length; i++) {
                addresses[i] = Pointer.nativeValue(memory) + i;
            }
            assertThat(reader.read(addresses, 0, ByteReader.MOST)).isEqualTo(ByteReader.MOST);
        }
    }

    @Test
    void readsEveryPageOfThisProcess() {
        LinuxMachine machine = new LinuxMachine(Path.of("/proc"), Path.of("/sys"), libc);
        long before = residentPages();
        PagesRead read = mapAgain(machine);
        long most = Math.max(before, residentPages()); // the JVM gives memory back, and takes more
        assertThat(read.all()).isTrue();
        assertThat(read.pages()).isBetween(2_000L, 2 * most);
    }

    private static PagesRead mapAgain(LinuxMachine machine) {
        try {
            return machine.shield().mapAgain(TimeUnit.MINUTES.toNanos(1));
        } catch (ErrnoException e) {
            assumeFalse(e.errno() == EPERM, "several nodes, and seccomp refuses memory policies: " + e);
            throw e;
        }
    }

    private static long residentPages() {
        String statm = KernelFiles.text(Path.of("/proc/self/statm"), "the resident pages");
        return Long.parseLong(statm.split(" ", -1)[1]);
    }
}
