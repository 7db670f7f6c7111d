/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import com.sun.jna.ptr.LongByReference;
import java.util.Map;

/** A matrix product by oneDNN. */
final class OneDnnSgemm implements Product {

    private final PeerLibrary library = PeerLibrary.INSTANCE;
    private final int size;
    private final String name;
    private final Map<String, String> settings;
    private final long address;

    /** {@code packed}: a matmul whose B is packed here, not in each run as by {@code dnnl_sgemm}. */
    OneDnnSgemm(int size, float[] a, float[] b, boolean packed, Threading threading, int... cpus) {
        this.size = size;
        this.name = threading.label() + (packed ? ", B packed" : ", dnnl_sgemm");
        this.settings = threading.settings(Cpus.list(cpus));
        LongByReference created = new LongByReference();
        ModelLibrary.check(library.tgb_onednn_sgemm_create(
                size, a, b, packed ? 1 : 0, threading.code(), cpus, cpus.length, created));
        this.address = created.getValue();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public void run() {
        ModelLibrary.check(library.tgb_onednn_sgemm_run(address));
    }

    @Override
    public float[] c() {
        float[] c = new float[size * size];
        ModelLibrary.check(library.tgb_onednn_sgemm_c(address, c, c.length));
        return c;
    }

    @Override
    public void close() {
        library.tgb_onednn_sgemm_destroy(address);
    }
}
