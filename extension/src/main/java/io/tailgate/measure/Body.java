/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

/** One iteration of the test. */
@FunctionalInterface
public interface Body {
    void run() throws Throwable;

    /** Returns what an iteration of the warm-up runs, where that is not the same. */
    default Body warmUp() {
        return this;
    }

    /**
     * Returns when the iteration that just ran on this thread ended, by {@link System#nanoTime()}.
     *
     * @param returnedNs when {@link #run} returned, which is its end unless the body knows better
     */
    default long endedNs(long returnedNs) {
        return returnedNs;
    }
}
