/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import java.time.Duration;

/** Hears how far the measurement is: between iterations, outside the timed window, at most once a second. */
@FunctionalInterface
public interface Progress {

    /** Tells nobody. */
    Progress NONE = (iterations, of, elapsed) -> {};

    /**
     * Called on the thread that runs the iterations.
     *
     * @param iterations that are done; with several callers those of the first, times the callers
     * @param of how many were asked for; 0 where only time bounds them
     * @param elapsed since the first measured iteration
     */
    void at(long iterations, long of, Duration elapsed);
}
