/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import java.util.Arrays;

/**
 * The latencies of one run in ascending order, and what they say about a run of another length.
 *
 * <p>Of {@code n} iterations of which these are typical, the one of rank r is the one here at the same share.
 */
final class Sample {

    private final long[] sorted;
    private final double mean;
    private final double deviation;

    Sample(long[] latencyNs) {
        sorted = latencyNs.clone();
        Arrays.sort(sorted);
        mean = mean(sorted);
        double squares = 0;
        for (long latency : sorted) {
            squares += (latency - mean) * (latency - mean);
        }
        deviation = sorted.length < 2 ? 0 : Math.sqrt(squares / (sorted.length - 1));
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
        return sorted.length;
    }

    double mean() {
        return mean;
    }

    double deviation() {
        return deviation;
    }

    long percentile(Percentile percentile) {
        return percentile.in(sorted);
    }

    /** Returns the latency of {@code rank} among {@code n} iterations such as these; exact where n is their number. */
    long ofRank(long rank, long n) {
        double share = (double) rank / n;
        int index = n == sorted.length ? (int) rank : (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(1, Math.min(sorted.length, index)) - 1];
    }

    /** Returns the lower bound of a percentile, 0 where n is too few: no latency is less. */
    long low(Quantile quantile, long n) {
        long rank = quantile.lowerRank(n);
        return rank == Quantile.NONE ? 0 : ofRank(rank, n);
    }

    /** Returns the upper bound of a percentile, {@link Long#MAX_VALUE} where n is too few. */
    long high(Quantile quantile, long n) {
        long rank = quantile.upperRank(n);
        return rank == Quantile.NONE ? Long.MAX_VALUE : ofRank(rank, n);
    }

    /** Returns how many are slower than {@code limitNs}, counted one by one at the boundary. */
    int slowerThan(long limitNs) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] > limitNs) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return sorted.length - low;
    }
}
