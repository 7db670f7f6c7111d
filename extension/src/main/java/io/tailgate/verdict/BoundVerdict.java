/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import io.tailgate.plan.LatencyBound;

/**
 * One bound, judged.
 *
 * @param limitNs the limit in nanoseconds; for a multiple, the multiple of the median or mean that was observed
 * @param observedNs the percentile that was observed
 * @param lowNs lower confidence bound of the percentile
 * @param highNs upper confidence bound, or {@link Long#MAX_VALUE} where the sample has none
 * @param exceedances iterations slower than the limit, counted exactly
 * @param iterations n
 * @param iterationsNeeded where inconclusive, an n at which the same share of slow iterations would decide; else 0
 * @param reason the rule that decided, with its numbers
 */
public record BoundVerdict(
        LatencyBound bound,
        double limitNs,
        long observedNs,
        long lowNs,
        long highNs,
        long exceedances,
        long iterations,
        Outcome outcome,
        long iterationsNeeded,
        String reason) {

    /** Returns this bound as INCONCLUSIVE, for a reason in addition; no number of such iterations would decide. */
    BoundVerdict doubted(String why) {
        return new BoundVerdict(
                bound,
                limitNs,
                observedNs,
                lowNs,
                highNs,
                exceedances,
                iterations,
                Outcome.INCONCLUSIVE,
                0,
                reason + "; " + why);
    }
}
