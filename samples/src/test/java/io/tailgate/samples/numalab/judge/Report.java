/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab.judge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the judge reads of a test's JSON report; the components are named as its fields, see docs/reading-a-report.md. */
record Report(
        String verdict,
        long iterations,
        Latency latencyNs,
        List<Bound> bounds,
        Protection protection,
        Slow slow,
        List<Cause> causes,
        List<Contrast> contrasts,
        List<Slowest> slowest) {

    /** Enough for a median; a host with much else to do gives a window 30 to 50. */
    private static final long FEWEST_ITERATIONS = 20;

    record Latency(long p50, long max) {}

    record Bound(String verdict) {}

    record Slowest(long minorFaults) {}

    record Protection(
            String tier,
            String reason,
            @Nullable String balancingDuring,
            @Nullable Long hintFaults,
            @Nullable String disturbance) {}

    record Slow(long iterations) {}

    record Cause(String cause) {}

    record Contrast(
            String counter,
            @Nullable Double slowMean,
            @Nullable Double restMean) {}

    /** Returns this report if it is of a window in which something was measured and judged. */
    Report required() {
        if (iterations < FEWEST_ITERATIONS || bounds.isEmpty()) {
            throw new AssertionError("a window of " + iterations + " iterations with " + bounds.size()
                    + " bounds proves nothing: at least " + FEWEST_ITERATIONS + " and a bound are needed");
        }
        return this;
    }

    /** Returns how many times the median the slowest iteration took. */
    double tail() {
        return (double) latencyNs.max() / latencyNs.p50();
    }

    /** Returns the hinting faults of the window; a report that has not counted them proves nothing. */
    long hintFaults() {
        Long faults = protection.hintFaults();
        if (faults == null) {
            throw new AssertionError("the report has not counted hinting faults: protection.hintFaults is null");
        }
        return faults;
    }

    List<String> causeNames() {
        return causes.stream().map(Cause::cause).toList();
    }

    /** Returns which share of all minor faults happened in slow iterations, 0 to 1. */
    double minorFaultsInSlowIterations() {
        double inSlow = sum(contrast("minor faults").slowMean(), slow.iterations());
        double all = total("minor faults");
        return all == 0 ? 0 : inSlow / all;
    }

    /** Returns at most how many hinting faults were the test's own: the host's counter also has those of its neighbours. */
    double ownHintFaults() {
        return Math.min((double) hintFaults(), total("minor faults"));
    }

    /** Returns how often an iteration lost a CPU to something else, on average. */
    double preemptions() {
        return total("involuntary context switches") / iterations;
    }

    private double total(String counter) {
        Contrast counted = contrast(counter);
        return sum(counted.slowMean(), slow.iterations()) + sum(counted.restMean(), iterations - slow.iterations());
    }

    private Contrast contrast(String counter) {
        return contrasts.stream()
                .filter(contrast -> contrast.counter().equals(counter))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the report contrasts no " + counter + ", only " + contrasts));
    }

    private static double sum(@Nullable Double mean, long of) {
        return mean == null ? 0 : mean * of; // null: the mean of no iterations
    }
}
