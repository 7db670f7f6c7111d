/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import java.util.Arrays;

/** The median of unsorted values, by nearest rank. */
final class Medians {

    private Medians() {}

    /** Returns the smallest value that at least half of {@code values} do not exceed; 0 of none. */
    static long of(long[] values) {
        if (values.length == 0) {
            return 0;
        }
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }
}
