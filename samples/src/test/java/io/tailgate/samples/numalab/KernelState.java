/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says about automatic NUMA balancing.
 *
 * @param balancing the setting, null where the kernel has none
 * @param hintFaults of the whole host since it started, null where the kernel counts none
 */
record KernelState(@Nullable String balancing, @Nullable Long hintFaults) {

    private static final Path BALANCING = Path.of("/proc/sys/kernel/numa_balancing");
    private static final Path COUNTERS = Path.of("/proc/vmstat");
    private static final String HINT_FAULTS = "numa_hint_faults ";

    static KernelState read() {
        try {
            return new KernelState(Files.exists(BALANCING) ? firstLine(BALANCING) : null, counted());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reading on would have the kernel allocate whole buffers for it. */
    private static @Nullable String firstLine(Path file) throws IOException {
        try (var reader = Files.newBufferedReader(file)) {
            return reader.readLine();
        }
    }

    private static @Nullable Long counted() throws IOException {
        try (var lines = Files.lines(COUNTERS)) {
            return lines.filter(line -> line.startsWith(HINT_FAULTS))
                    .map(line -> Long.valueOf(line.substring(HINT_FAULTS.length())))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Returns how many hinting faults there were since {@code earlier}, null where the kernel counts none. */
    @Nullable
    Long hintFaultsSince(KernelState earlier) {
        return hintFaults == null || earlier.hintFaults == null ? null : hintFaults - earlier.hintFaults;
    }
}
