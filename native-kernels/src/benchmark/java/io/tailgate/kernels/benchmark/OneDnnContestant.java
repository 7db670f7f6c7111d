/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import com.sun.jna.ptr.LongByReference;
import java.util.Map;

/** The network on oneDNN. */
final class OneDnnContestant implements Contestant {

    private final PeerLibrary library = PeerLibrary.INSTANCE;
    private final Threading threading;
    private final String cpus;
    private final int batch;
    private final int layers;
    private final long address;

    OneDnnContestant(Model model, Threading threading, int... cpus) {
        this.threading = threading;
        this.cpus = Cpus.list(cpus);
        this.batch = model.batch();
        this.layers = model.layers().size();
        LongByReference created = new LongByReference();
        ModelLibrary.check(library.tgb_onednn_create(model.address(), threading.code(), cpus, cpus.length, created));
        this.address = created.getValue();
    }

    @Override
    public String name() {
        return threading.label();
    }

    @Override
    public Map<String, String> settings() {
        return threading.settings(cpus);
    }

    @Override
    public void run() {
        ModelLibrary.check(library.tgb_onednn_run(address));
    }

    /** Runs once and returns each layer's milliseconds. */
    double[] layerTimes() {
        double[] milliseconds = new double[layers];
        ModelLibrary.check(library.tgb_onednn_layer_times(address, milliseconds, layers));
        return milliseconds;
    }

    @Override
    public float[] logits() {
        float[] logits = new float[batch * Model.CLASSES];
        ModelLibrary.check(library.tgb_onednn_logits(address, logits, logits.length));
        return logits;
    }

    @Override
    public void close() {
        library.tgb_onednn_destroy(address);
    }
}
