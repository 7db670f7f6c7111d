/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.explain;

/** Quantiles of sorted values by nearest rank, for choosing thresholds; verdicts have an exact definition of their own. */
final class Ranks {

    private Ranks() {}

    static long at(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(1, rank) - 1];
    }
}
