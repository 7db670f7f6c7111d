/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import io.tailgate.kernels.Precision;
import java.util.HashMap;
import java.util.Map;

/** What the logits should be, for FP32 and INT8 alike: those of oneDNN in FP32. Once for each batch. */
final class Reference {

    private static final Map<Integer, float[]> LOGITS = new HashMap<>();

    private Reference() {}

    static float[] logits(int batch, int... cpus) {
        return LOGITS.computeIfAbsent(batch, size -> compute(size, cpus));
    }

    private static float[] compute(int batch, int... cpus) {
        try (Model model = new Model(Precision.FP32, batch);
                Contestant network = new OneDnnContestant(model, Threading.OPENMP, cpus)) {
            network.run();
            return network.logits();
        }
    }
}
