/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

/** What a caller does between its measured iterations, on its own thread and outside the timed and counted window. */
@FunctionalInterface
interface BetweenIterations {

    /** Does nothing, and costs as little. */
    BetweenIterations NONE = (recording, endNs) -> false;

    /**
     * Called after each measured iteration, when its latency and counters are recorded.
     *
     * @param endNs when the iteration ended
     * @return whether anything was done that the counters must not show: then they are read anew
     */
    boolean after(Recording recording, long endNs) throws InterruptedException;

    /** Returns what does both, this first; that alone where this does nothing. */
    default BetweenIterations and(BetweenIterations other) {
        if (this == NONE) {
            return other;
        }
        return (recording, endNs) -> {
            boolean mine = after(recording, endNs);
            return other.after(recording, endNs) || mine;
        };
    }
}
