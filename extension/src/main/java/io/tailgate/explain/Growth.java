/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.explain;

import io.tailgate.measure.Measurement;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * One counter's growth in the slow iterations against the rest.
 *
 * <p>It is raised in an iteration where it is both above the 99th percentile of the rest and more than twice what the
 * iteration's length alone would bring at the rest's rate: whatever happens all the time happens more often in a longer
 * iteration, as a consequence and not as a cause.
 */
final class Growth {

    private static final double BEYOND_LENGTH = 2;

    private final Measurement measured;
    private final Slowness slowness;
    private final IntUnaryOperator counter;
    private final long usual;
    private final double restMean;
    private final double restLatency;

    Growth(Measurement measured, Slowness slowness, IntUnaryOperator counter) {
        this.measured = measured;
        this.slowness = slowness;
        this.counter = counter;
        long[] rest = Arrays.stream(slowness.rest())
                .map(counter)
                .asLongStream()
                .sorted()
                .toArray();
        this.usual = rest.length == 0 ? 0 : Ranks.at(rest, 0.99);
        this.restMean = Arrays.stream(rest).average().orElse(0);
        this.restLatency = Arrays.stream(slowness.rest())
                .mapToLong(i -> measured.latencyNs()[i])
                .average()
                .orElse(1);
    }

    boolean raised(int iteration) {
        int value = counter.applyAsInt(iteration);
        double byLength = restMean * measured.latencyNs()[iteration] / Math.max(1, restLatency);
        return value > usual && value > BEYOND_LENGTH * byLength;
    }

    /** Returns how many more than the rest's mean. */
    double excess(int iteration) {
        return counter.applyAsInt(iteration) - restMean;
    }

    /** Returns how much longer the iteration was than the mean of the rest. */
    double excessNs(int iteration) {
        return measured.latencyNs()[iteration] - restLatency;
    }

    double restMean() {
        return restMean;
    }

    double mean(int[] iterations) {
        return Arrays.stream(iterations).map(counter).average().orElse(0);
    }

    CounterContrast contrast(String name) {
        return new CounterContrast(name, mean(slowness.slow()), restMean);
    }
}
