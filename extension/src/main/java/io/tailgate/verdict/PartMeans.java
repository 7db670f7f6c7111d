/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

/** Mean and variance of figures of equal parts of a run. */
final class PartMeans {

    private PartMeans() {}

    static double mean(double[] parts) {
        double sum = 0;
        for (double part : parts) {
            sum += part;
        }
        return sum / parts.length;
    }

    /** Returns the variance, with n - 1. */
    static double variance(double[] parts) {
        double mean = mean(parts);
        double squares = 0;
        for (double part : parts) {
            squares += (part - mean) * (part - mean);
        }
        return squares / (parts.length - 1);
    }
}
