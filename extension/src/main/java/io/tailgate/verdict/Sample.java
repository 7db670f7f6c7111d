/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latencies of one run, in the order in which they came and in ascending order, and what they say about a run of another length.
 *
 * <p>Of {@code n} iterations of which these are typical, the one of rank r is the one here at the same share.
 */
final class Sample {

    private final long[] inOrder;
    private final double mean;
    private final Map<Long, Exceedances> slower = new HashMap<>();
    private long @Nullable [] sorted;

    /** Takes latencies in the order in which the iterations ran, and leaves them there. */
    Sample(long[] latencyNs) {
        inOrder = latencyNs;
        mean = mean(latencyNs);
    }

    /** Divides before it sums, whole part and remainder apart: neither overflows nor rounds before the end. */
    private static double mean(long[] values) {
        long whole = 0;
        long remainder = 0;
        for (long value : values) {
            whole += value / values.length;
            remainder += value % values.length;
        }
        return whole + (double) remainder / values.length;
    }

    int size() {
        return inOrder.length;
    }

    double mean() {
        return mean;
    }

    double deviation() {
        double squares = 0;
        for (long latency : inOrder) {
            squares += (latency - mean) * (latency - mean);
        }
        return inOrder.length < 2 ? 0 : Math.sqrt(squares / (inOrder.length - 1));
    }

    /** Sorted when it is asked for: a look at a time as limit need not know. */
    private long[] sorted() {
        if (sorted == null) {
            sorted = inOrder.clone();
            Arrays.sort(sorted);
        }
        return sorted;
    }

    long percentile(Percentile percentile) {
        return percentile.in(sorted());
    }

    /** Returns the latency of {@code rank} among {@code n} iterations such as these; exact where n is their number. */
    long ofRank(long rank, long n) {
        double share = (double) rank / n;
        int index = n == inOrder.length ? (int) rank : (int) Math.ceil(share * inOrder.length);
        return sorted()[Math.max(1, Math.min(inOrder.length, index)) - 1];
    }

    /** Returns the slower iterations, counted one by one at the boundary; the same limit is asked for again and again. */
    Exceedances slowerThan(long limitNs) {
        return slower.computeIfAbsent(limitNs, ns -> Exceedances.of(inOrder, ns));
    }

    /** Returns the sums of so many equal parts of the run, what is left over at its end aside. */
    double[] partSums(int parts) {
        int length = inOrder.length / parts;
        double[] sums = new double[parts];
        for (int i = 0; i < parts * length; i++) {
            sums[i / length] += inOrder[i];
        }
        return sums;
    }

    /** Returns the index in ascending order of the first latency above {@code ns}, or the size where there is none. */
    int firstAbove(long ns) {
        int low = 0;
        int high = inOrder.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted()[middle] > ns) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Returns a latency by its index in ascending order. */
    long ascending(int index) {
        return sorted()[index];
    }
}
