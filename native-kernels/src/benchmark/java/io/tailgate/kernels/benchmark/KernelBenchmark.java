/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import io.tailgate.kernels.Precision;

/** Measures our kernels against other libraries'. */
public final class KernelBenchmark {

    private KernelBenchmark() {}

    /** Runs the scenarios. */
    public static void main(String[] arguments) {
        try (Model model = new Model(Precision.INT8, 1)) {
            for (ModelLayer layer : model.layers()) {
                System.out.printf("%s %s %g%n", layer, layer.shape(), model.int8OutputScale(layer));
            }
        }
    }
}
