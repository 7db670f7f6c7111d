/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

/** What a caller does between its measured iterations, on its own thread and outside the timed and counted window. */
interface BetweenIterations {

    /** Does nothing, and costs as little. */
    BetweenIterations NONE = new BetweenIterations() {
        @Override
        public boolean isDue(long endNs) {
            return false;
        }

        @Override
        public void run(Recording recording, long endNs) {}
    };

    /**
     * Asked after each measured iteration; where this is due, what the iterations so far brought is recorded first.
     *
     * @param endNs when the iteration ended
     */
    boolean isDue(long endNs);

    /** Does it; the counters do not show it, for afterwards they are read anew. */
    void run(Recording recording, long endNs) throws InterruptedException;

    /** Returns what does both, this first; that alone where this does nothing. */
    default BetweenIterations and(BetweenIterations other) {
        return this == NONE ? other : new Both(this, other);
    }

    /** Each of the two when it is due. */
    record Both(BetweenIterations first, BetweenIterations second) implements BetweenIterations {

        @Override
        public boolean isDue(long endNs) {
            return first.isDue(endNs) || second.isDue(endNs);
        }

        @Override
        public void run(Recording recording, long endNs) throws InterruptedException {
            if (first.isDue(endNs)) {
                first.run(recording, endNs);
            }
            if (second.isDue(endNs)) {
                second.run(recording, endNs);
            }
        }
    }
}
