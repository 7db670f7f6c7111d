/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.measure.Measurement.Scope;
import io.tailgate.measure.Measurement.WarmUp;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** A measurement of which only the latencies must be given: of a closed loop without counters, on a quiet machine. */
public final class InventedMeasurement {

    private final long[] latencyNs;
    private int[] counters = {};
    private Scope scope = Scope.THREAD;
    private int[] collections = {};
    private WarmUp warmup = new WarmUp(0, true, "none", 0, true);
    private long startEpochMs;
    private long endEpochMs;
    private List<String> remarks = List.of();
    private Noise noise = Noise.UNKNOWN;
    private @Nullable OpenLoop openLoop;

    private InventedMeasurement(long[] latencyNs) {
        this.latencyNs = latencyNs;
    }

    public static InventedMeasurement of(long... latencyNs) {
        return new InventedMeasurement(latencyNs);
    }

    public InventedMeasurement counters(int... growths) {
        counters = growths;
        return this;
    }

    public InventedMeasurement scope(Scope counted) {
        scope = counted;
        return this;
    }

    public InventedMeasurement collections(int... ended) {
        collections = ended;
        return this;
    }

    public InventedMeasurement warmup(WarmUp before) {
        warmup = before;
        return this;
    }

    public InventedMeasurement between(long startMs, long endMs) {
        startEpochMs = startMs;
        endEpochMs = endMs;
        return this;
    }

    public InventedMeasurement remarks(String... all) {
        remarks = List.of(all);
        return this;
    }

    public InventedMeasurement noise(Noise other) {
        noise = other;
        return this;
    }

    public InventedMeasurement waits(Waits waits) {
        return noise(new Noise(waits, null, null));
    }

    public InventedMeasurement openLoop(OpenLoop loop) {
        openLoop = loop;
        return this;
    }

    public Measurement build() {
        Histogram histogram = new Histogram(3);
        for (long ns : latencyNs) {
            histogram.recordValue(ns);
        }
        return new Measurement(
                latencyNs,
                counters,
                scope,
                collections,
                histogram,
                warmup,
                startEpochMs,
                endEpochMs,
                remarks,
                noise,
                openLoop,
                Stopping.unlooked("all that was asked for was measured"));
    }
}
