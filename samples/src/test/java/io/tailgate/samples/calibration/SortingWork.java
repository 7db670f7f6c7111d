/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.calibration;

import io.tailgate.Tailgate;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Sorts some numbers, a thousand in some 30 us; one iteration in {@link #ONE_IN} sorts more of them. Allocates nothing.
 */
final class SortingWork implements Tailgate.Iteration {

    /** Three times as often as a bound on p99 allows. */
    private static final int ONE_IN = 33;

    private static final int LISTS = 64;

    private final SplittableRandom random = new SplittableRandom(5);
    private final long[][] lists = new long[LISTS][];
    private final long[] sorted;
    private final int numbers;
    private final int longer;

    /** @param times how many times as many numbers a long iteration sorts */
    SortingWork(int numbers, int times) {
        this.numbers = numbers;
        this.longer = times * numbers;
        this.sorted = new long[longer];
        Arrays.setAll(lists, list -> random.longs(longer).toArray());
    }

    @Override
    public void run() {
        int count = random.nextInt(ONE_IN) == 0 ? longer : numbers;
        System.arraycopy(lists[random.nextInt(LISTS)], 0, sorted, 0, count);
        Arrays.sort(sorted, 0, count);
        if (sorted[0] > sorted[count - 1]) {
            throw new IllegalStateException("not sorted");
        }
    }
}
