/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Counters that HotSpot keeps in a mapped file, read from there for nanoseconds where a bean would cost a call.
 *
 * <p>The layout is that of {@code PerfDataPrologue} and {@code PerfDataEntry} in HotSpot's perfMemory.hpp, version 2.0.
 * Absent with {@code -XX:-UsePerfData} and {@code -XX:+PerfDisableSharedMem}.
 */
final class PerfData {

    private static final Pattern COLLECTIONS = Pattern.compile("sun\\.gc\\.collector\\.\\d+\\.invocations");
    private static final int MAGIC = 0xcafec0c0;
    private static final int LITTLE_ENDIAN = 1;

    // of the prologue
    private static final int BYTE_ORDER = 4;
    private static final int MAJOR_VERSION = 5;
    private static final int ENTRY_OFFSET = 24;
    private static final int ENTRIES = 28;

    // of an entry
    private static final int NAME_OFFSET = 4;
    private static final int DATA_OFFSET = 16;

    private PerfData() {}

    /** Returns the file in which the JVM with this number publishes its counters. */
    static Path fileOf(long pid) {
        return Path.of("/tmp", "hsperfdata_" + System.getProperty("user.name"), Long.toString(pid));
    }

    /** Returns the sum of all collectors' collections, or empty where the file is not there or not understood. */
    static Optional<LongSupplier> gcCollections(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer data = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            if (data.limit() < ENTRIES + Integer.BYTES || data.getInt(0) != MAGIC || data.get(MAJOR_VERSION) != 2) {
                return Optional.empty();
            }
            data.order(data.get(BYTE_ORDER) == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int[] offsets = offsetsOf(COLLECTIONS, data);
            return offsets.length == 0 ? Optional.empty() : Optional.of(() -> sum(data, offsets));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int[] offsetsOf(Pattern name, ByteBuffer data) {
        List<Integer> offsets = new ArrayList<>();
        int entry = data.getInt(ENTRY_OFFSET);
        for (int left = data.getInt(ENTRIES); left > 0; left--) {
            if (name.matcher(text(data, entry + data.getInt(entry + NAME_OFFSET)))
                    .matches()) {
                offsets.add(entry + data.getInt(entry + DATA_OFFSET));
            }
            entry += data.getInt(entry);
        }
        return offsets.stream().mapToInt(Integer::intValue).toArray();
    }

    private static String text(ByteBuffer data, int start) {
        int end = start;
        while (data.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - start];
        data.get(start, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static long sum(ByteBuffer data, int[] offsets) {
        long sum = 0;
        for (int offset : offsets) {
            sum += data.getLong(offset);
        }
        return sum;
    }
}
