/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.util.SplittableRandom;

/** Elements of C = A * B here and there, computed in double: all of them would take as long as the benchmark. */
final class SampledProduct {

    private static final int SAMPLES = 2000;
    private static final long SEED = 2026;

    private final int[] places = new int[SAMPLES];
    private final float[] exact = new float[SAMPLES];

    SampledProduct(int size, float[] a, float[] b) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < SAMPLES; i++) {
            int row = random.nextInt(size);
            int column = random.nextInt(size);
            double sum = 0;
            for (int k = 0; k < size; k++) {
                sum += (double) a[row * size + k] * b[k * size + column];
            }
            places[i] = row * size + column;
            exact[i] = (float) sum;
        }
    }

    float[] exact() {
        return exact;
    }

    /** Returns the same elements of a computed C. */
    float[] sample(float[] c) {
        float[] sampled = new float[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            sampled[i] = c[places[i]];
        }
        return sampled;
    }
}
