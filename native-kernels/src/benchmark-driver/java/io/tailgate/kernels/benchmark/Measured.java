/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one contestant took.
 *
 * @param operations of one run, nominal; 0 where that says nothing
 * @param milliseconds of each run, in their order
 * @param settings how the contestant is set
 * @param check how far its output is from the reference, if it has one
 */
record Measured(
        Maker maker,
        String name,
        double operations,
        List<Double> milliseconds,
        Map<String, String> settings,
        @Nullable OutputCheck check) {

    private static final double TAIL = 99;

    @JsonProperty
    double bestMillis() {
        return percentile(0);
    }

    @JsonProperty
    double medianMillis() {
        return percentile(50);
    }

    /** Returns the smallest time that at least this share of all runs did not exceed. */
    double percentile(double percent) {
        List<Double> sorted = milliseconds.stream().sorted().toList();
        int rank = (int) Math.ceil(sorted.size() * percent / 100);
        return sorted.get(Math.max(rank, 1) - 1);
    }

    /** How much slower than usual the slowest run of a hundred is. */
    double tail() {
        return percentile(TAIL) / medianMillis();
    }

    double bestSpeed() {
        return operations / bestMillis();
    }

    double medianSpeed() {
        return operations / medianMillis();
    }
}
