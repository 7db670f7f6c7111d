/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import com.sun.jna.Memory;
import java.util.function.ToIntFunction;

/** {@code tg_network_options}. */
record NetworkOptions(
        Precision precision,
        Algorithm algorithm,
        Isa isa,
        int batch,
        int imageSize,
        int widthDivisor,
        MemoryRequest memory,
        CpuList cpus) {

    /** The C structure: nine {@code int32_t}, four bytes of padding, a pointer. */
    private static final int BYTES = 48;

    private static final int CPUS_OFFSET = 40;

    /** Calls {@code body} with the structure; it and what it points to are there until {@code body} returns. */
    int with(ToIntFunction<Memory> body) {
        try (Memory list = new Memory((long) Integer.BYTES * cpus.size());
                Memory options = new Memory(BYTES)) {
            list.write(0, cpus.toArray(), 0, cpus.size());
            int[] numbers = {
                precision.code(),
                algorithm.code(),
                isa.code(),
                batch,
                imageSize,
                widthDivisor,
                memory.hugePagesCode(),
                memory.node(),
                cpus.size()
            };
            options.write(0, numbers, 0, numbers.length);
            options.setPointer(CPUS_OFFSET, list);
            return body.applyAsInt(options);
        }
    }
}
