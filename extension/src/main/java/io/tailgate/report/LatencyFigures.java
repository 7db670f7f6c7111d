/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.measure.Measurement;
import io.tailgate.verdict.Percentile;
import java.util.Arrays;

/** The exact latencies in order of size; percentiles are of the nearest rank, so each one was really measured. */
final class LatencyFigures {

    private final long[] sorted;
    private final double mean;

    private LatencyFigures(long[] sorted) {
        this.sorted = sorted;
        this.mean = Arrays.stream(sorted).average().orElseThrow();
    }

    static LatencyFigures of(Measurement measured) {
        if (measured.iterations() == 0) {
            throw new IllegalArgumentException("no iteration was measured, so there is nothing to report; "
                    + "wanted at least 1: allow more time or set iterations");
        }
        return of(measured.latencyNs());
    }

    static LatencyFigures of(long[] latencyNs) {
        long[] sorted = latencyNs.clone();
        Arrays.sort(sorted);
        return new LatencyFigures(sorted);
    }

    /** Returns the percentile as the verdict defines it. */
    private long percentile(double percentile) {
        return Percentile.of(percentile).in(sorted);
    }

    /** Returns the latency of this rank, from 0. */
    long ranked(int index) {
        return sorted[index];
    }

    int iterations() {
        return sorted.length;
    }

    long p50() {
        return percentile(50);
    }

    long p90() {
        return percentile(90);
    }

    long p99() {
        return percentile(99);
    }

    long p999() {
        return percentile(99.9);
    }

    long min() {
        return sorted[0];
    }

    long max() {
        return sorted[sorted.length - 1];
    }

    double mean() {
        return mean;
    }
}
