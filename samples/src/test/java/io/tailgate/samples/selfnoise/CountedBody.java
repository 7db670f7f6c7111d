/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

/**
 * Counts its runs and reads the clock once in {@link #BLOCK} of them: what lies between is the harness, its own readings of
 * the clock, its recording and its loop, wherever they fall in relation to what it reports.
 */
final class CountedBody {

    static final int BLOCK = 1_000;

    private final long[] readings;
    private int runs;
    private int read;

    /** Counts {@code runs} runs after {@code warmup}, in whole blocks, and leaves out what comes after them. */
    CountedBody(int warmup, int runs) {
        this.runs = -warmup;
        readings = new long[runs / BLOCK];
    }

    void run() {
        if (++runs == BLOCK) {
            runs = 0;
            if (read < readings.length) {
                readings[read++] = System.nanoTime();
            }
        }
    }

    /** Returns nanoseconds a run: the median block, which is neither one before the JIT compiler nor one interrupted. */
    double costNs() {
        if (read < readings.length) {
            throw new IllegalStateException("wanted " + readings.length + " blocks of " + BLOCK
                    + " runs of the body, the harness made " + read);
        }
        double[] costs = new double[read - 1];
        for (int block = 0; block < costs.length; block++) {
            costs[block] = (double) (readings[block + 1] - readings[block]) / BLOCK;
        }
        return Spread.of(costs).median();
    }
}
