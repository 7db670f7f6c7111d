/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

/** Probabilities of the Poisson distribution, in Loader's saddle-point form as those of {@link Binomial}. */
final class Poisson {

    private Poisson() {}

    /** Returns P(Pois(mean) = x); the mean is above 0. */
    static double probability(long x, double mean) {
        if (x == 0) {
            return Math.exp(-mean);
        }
        return Math.exp(-Binomial.stirlingError(x) - Binomial.deviance((double) x, mean)) / Math.sqrt(2 * Math.PI * x);
    }
}
