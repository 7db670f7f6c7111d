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
 * @param lowNs lower confidence bound of the percentile: every limit below it would be a FAIL
 * @param highNs upper confidence bound: every limit from it on would be a PASS; {@link Long#MAX_VALUE} where there is none
 * @param exceedances iterations slower than the limit, counted exactly
 * @param iterations n
 * @param iterationsNeeded where inconclusive, an n at which the same share of slow iterations would decide; else 0
 * @param bursts how the slower iterations came
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
        Bursts bursts,
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
                bursts,
                reason + "; " + why);
    }
}
