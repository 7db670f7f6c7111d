/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

/**
 * What some iterations in a row saw.
 *
 * @param medianNs of their latencies
 * @param faults minor faults of the process, an iteration
 * @param hintFaults NUMA hinting faults of the host, an iteration; infinite where they were not counted
 */
record Pass(long iterations, long medianNs, double faults, double hintFaults) {

    private static final double FAULT_NS = 1_000;
    private static final double SHARE = 0.01;
    private static final double NOISE = 50; // of the JVM's own threads in a pass, however short

    /** A pass of which only the minor faults were counted. */
    Pass(long iterations, long medianNs, double faults) {
        this(iterations, medianNs, faults, Double.POSITIVE_INFINITY);
    }

    /** Returns how many faults an iteration take a hundredth of {@code medianNs} at 1 us each. */
    static double faultsIn(double medianNs) {
        return SHARE * medianNs / FAULT_NS;
    }

    /** Returns how many faults an iteration may at most be of pages that NUMA balancing had unmapped. */
    double unmapped() {
        return Math.min(faults, hintFaults);
    }

    double negligible() {
        return Math.max(NOISE / Math.max(1, iterations), faultsIn((double) medianNs));
    }

    boolean isSettled() {
        return unmapped() <= negligible();
    }
}
