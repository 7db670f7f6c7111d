/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import com.sun.jna.ptr.LongByReference;
import io.tailgate.kernels.Precision;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The most that the CPUs can do: a loop of one instruction on registers. */
final class Peak implements Timed {

    private static final int UNSUPPORTED = 4; // TG_UNSUPPORTED
    private static final int FMA_AVX2 = 0;
    private static final int FMA_AVX512 = 1;
    private static final int INT8_AVX2 = 2;
    private static final int INT8_VNNI = 3;
    private static final int INT8_AMX = 4;

    private final PeerLibrary library = PeerLibrary.INSTANCE;
    private final long address;

    private Peak(long address) {
        this.address = address;
    }

    /** Returns the loop of the best instruction that a precision may use; none where no known one runs. */
    static Optional<Peak> of(Precision precision, Hold hold, int... cpus) {
        return candidates(precision, hold).stream()
                .flatMap(instruction -> create(instruction, cpus).stream())
                .findFirst();
    }

    private static List<Integer> candidates(Precision precision, Hold hold) {
        boolean int8 = precision == Precision.INT8;
        return switch (hold) {
            case NOTHING -> int8 ? List.of(INT8_AMX, INT8_VNNI, INT8_AVX2) : List.of(FMA_AVX512, FMA_AVX2);
            case VNNI -> int8 ? List.of(INT8_VNNI) : List.of(FMA_AVX512);
            case AVX2 -> int8 ? List.of(INT8_AVX2) : List.of(FMA_AVX2);
        };
    }

    private static Optional<Peak> create(int instruction, int... cpus) {
        LongByReference created = new LongByReference();
        int status = PeerLibrary.INSTANCE.tgb_peak_create(instruction, cpus, cpus.length, created);
        if (status == UNSUPPORTED) {
            return Optional.empty();
        }
        ModelLibrary.check(status);
        return Optional.of(new Peak(created.getValue()));
    }

    @Override
    public String name() {
        return library.tgb_peak_name(address);
    }

    @Override
    public void run() {
        ModelLibrary.check(library.tgb_peak_run(address));
    }

    @Override
    public OptionalDouble ownOperations() {
        return OptionalDouble.of(library.tgb_peak_operations(address));
    }

    @Override
    public void close() {
        library.tgb_peak_destroy(address);
    }
}
