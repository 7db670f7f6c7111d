/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import io.tailgate.kernels.Precision;

/**
 * How near an output is to the reference: FP32 logits by oneDNN, or products computed in double.
 *
 * @param cosine of the two vectors
 * @param worst the largest difference, in units of the reference's root mean square
 */
record OutputCheck(double cosine, double worst) {

    private static final double LEAST_FP32_COSINE = 0.9999;
    private static final double LEAST_INT8_COSINE = 0.99;

    static OutputCheck of(float[] output, float[] reference) {
        if (output.length != reference.length) {
            throw new IllegalArgumentException(
                    "an output of %d values was wanted, but it has %d".formatted(reference.length, output.length));
        }
        double product = 0;
        double ours = 0;
        double theirs = 0;
        double worst = 0;
        for (int i = 0; i < output.length; i++) {
            product += (double) output[i] * reference[i];
            ours += (double) output[i] * output[i];
            theirs += (double) reference[i] * reference[i];
            worst = Math.max(worst, Math.abs((double) output[i] - reference[i]));
        }
        return new OutputCheck(product / Math.sqrt(ours * theirs), worst / Math.sqrt(theirs / reference.length));
    }

    /** Whether the output is right for numbers of this precision. NaN is not. */
    boolean passes(Precision precision) {
        return cosine >= (precision == Precision.FP32 ? LEAST_FP32_COSINE : LEAST_INT8_COSINE);
    }
}
