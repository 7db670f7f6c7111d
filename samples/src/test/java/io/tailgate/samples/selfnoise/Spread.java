/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

import java.util.Arrays;
import java.util.Locale;

/** A figure over the repetitions. */
record Spread(double least, double median, double most) {

    static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("wanted at least one repetition, found none");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return new Spread(sorted[0], (sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[n - 1]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,.0f (%,.0f - %,.0f)", median, least, most);
    }
}
