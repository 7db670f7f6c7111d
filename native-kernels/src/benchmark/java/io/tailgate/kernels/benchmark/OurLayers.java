/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import com.sun.jna.ptr.LongByReference;
import io.tailgate.kernels.Isa;

/** Our network, timed layer by layer in the threads that compute it. */
final class OurLayers implements AutoCloseable {

    private static final int AUTO = 0; // tg_algorithm

    private final PeerLibrary library = PeerLibrary.INSTANCE;
    private final int layers;
    private final long address;

    OurLayers(Model model, Isa isa, int... cpus) {
        this.layers = model.layers().size();
        LongByReference created = new LongByReference();
        ModelLibrary.check(library.tgb_ours_create(model.address(), AUTO, code(isa), cpus, cpus.length, created));
        this.address = created.getValue();
    }

    /** {@code tg_isa}. */
    private static int code(Isa isa) {
        return switch (isa) {
            case BEST -> 0;
            case AVX2 -> 2;
            case AVX512 -> 3;
            default -> throw new IllegalArgumentException("no scenario holds the layers to " + isa);
        };
    }

    /** Runs once and returns each layer's milliseconds. */
    double[] layerTimes() {
        double[] milliseconds = new double[layers];
        ModelLibrary.check(library.tgb_ours_layer_times(address, milliseconds, layers));
        return milliseconds;
    }

    @Override
    public void close() {
        library.tgb_ours_destroy(address);
    }
}
