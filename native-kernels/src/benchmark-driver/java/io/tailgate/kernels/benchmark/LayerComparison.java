/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * All layers of one shape, in one run of the network.
 *
 * @param count how many layers have it
 * @param ourBestMillis the best of the rounds, for all of them together
 * @param ourMillis the median over the rounds
 * @param oneDnnBestMillis the best of oneDNN's ways
 * @param oneDnnMillis the median of the faster of oneDNN's ways for this shape
 */
record LayerComparison(
        String shape, int count, double ourBestMillis, double ourMillis, double oneDnnBestMillis, double oneDnnMillis) {

    @JsonProperty
    double bestRatio() {
        return oneDnnBestMillis / ourBestMillis;
    }

    @JsonProperty
    double ratio() {
        return oneDnnMillis / ourMillis;
    }
}
