/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in the layout of HotSpot's perfMemory.hpp. */
class PerfDataTests {

    private static final int PROLOGUE = 32;
    private static final int ENTRY = 80;

    @TempDir
    private Path folder = Path.of("");

    private Path file(String... namesAndValues) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(PROLOGUE + ENTRY * namesAndValues.length);
        data.putInt(0, 0xcafec0c0);
        data.order(ByteOrder.LITTLE_ENDIAN);
        data.put(4, (byte) 1).put(5, (byte) 2).put(6, (byte) 0).put(7, (byte) 1);
        data.putInt(24, PROLOGUE).putInt(28, namesAndValues.length);
        for (int i = 0; i < namesAndValues.length; i++) {
            String[] pair = namesAndValues[i].split("=", 2);
            int entry = PROLOGUE + i * ENTRY;
            data.putInt(entry, ENTRY).putInt(entry + 4, 20).putInt(entry + 16, 72);
            data.put(entry + 20, pair[0].getBytes(StandardCharsets.US_ASCII));
            data.putLong(entry + 72, Long.parseLong(pair[1]));
        }
        return Files.write(folder.resolve("perf"), data.array());
    }

    @Test
    void addsUpTheCollectionsOfAllCollectors() throws IOException {
        Path file = file(
                "sun.gc.collector.0.invocations=5",
                "sun.gc.collector.0.time=900",
                "sun.gc.collector.1.invocations=2",
                "java.ci.totalTime=7");
        assertThat(PerfData.gcCollections(file).map(LongSupplier::getAsLong)).contains(7L);
    }

    @Test
    void isAbsentRatherThanZero() throws IOException {
        assertThat(PerfData.gcCollections(folder.resolve("none"))).isEmpty();
        assertThat(PerfData.gcCollections(file("java.ci.totalTime=7"))).isEmpty();
        assertThat(PerfData.gcCollections(Files.write(folder.resolve("short"), new byte[8])))
                .isEmpty();
        assertThat(PerfData.gcCollections(Files.write(folder.resolve("other"), new byte[64])))
                .isEmpty();
    }
}
