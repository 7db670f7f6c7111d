/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import java.util.function.LongPredicate;

/**
 * Distribution-free confidence bounds of a percentile: two order statistics (David and Nagaraja, "Order Statistics",
 * 2003, section 7.1), here by their ranks from 1.
 *
 * <p>With q the share that may exceed the percentile x_p, each of these is wrong with probability at most {@code error},
 * whatever the distribution, ties included, as long as the iterations are independent:
 *
 * <ul>
 *   <li>upper: X_(n-j), j the largest count with P(Bin(n, q) &lt;= j) &lt;= error. Were it below x_p, at most j values
 *       would reach x_p, though each does with probability at least q.
 *   <li>lower: X_(n-k+1), k the smallest count with P(Bin(n, q) &gt;= k) &lt;= error. Were it above x_p, at least k
 *       values would exceed x_p, though each does with probability at most q.
 * </ul>
 */
record Quantile(Percentile percentile, double error) {

    /** The rank where n values are too few for a bound. */
    static final long NONE = 0;

    /** Returns the rank of the upper bound, or {@link #NONE}. */
    long upperRank(long n) {
        long above = mostToPass(n);
        return above < 0 ? NONE : n - above;
    }

    /** Returns the rank of the lower bound, or {@link #NONE}. */
    long lowerRank(long n) {
        return n - leastToFail(n) + 1;
    }

    /** Returns the largest count of exceedances that is too small for q; -1 where not even none is. */
    long mostToPass(long n) {
        double q = percentile.exceedance();
        return last(count -> Binomial.atMost(count, n, q) <= error, guess(n, -1), n);
    }

    /** Returns the smallest count of exceedances that is too large for q; n + 1 where not even n is. */
    long leastToFail(long n) {
        double q = percentile.exceedance();
        return last(count -> Binomial.atLeast(count, n, q) > error, guess(n, 1), n) + 1;
    }

    /** Returns about where the normal distribution has the bound, a few counts off. */
    private long guess(long n, int side) {
        double q = percentile.exceedance();
        double distance = StudentT.normalAbove(error) * Math.sqrt(n * q * (1 - q));
        return Math.max(0, Math.min(n, Math.round(n * q + side * distance)));
    }

    /** Returns the last of 0 to n that meets a condition met by -1 and all up to it; found fast near {@code guess}. */
    private static long last(LongPredicate meets, long guess, long n) {
        long step = 1;
        long met = guess;
        while (met >= 0 && !meets.test(met)) {
            met -= step;
            step *= 2;
        }
        met = Math.max(-1, met);
        long failed = Math.max(met, guess);
        for (step = 1; failed <= n && (failed == met || meets.test(failed)); step *= 2) {
            failed += step;
        }
        failed = Math.min(n + 1, failed);
        while (failed - met > 1) {
            long middle = (met + failed) >>> 1;
            if (meets.test(middle)) {
                met = middle;
            } else {
                failed = middle;
            }
        }
        return met;
    }

    /** Returns the smallest n that has an upper bound: (1 - q)^n &lt;= error. */
    long leastForUpper() {
        double q = percentile.exceedance();
        long n = Math.max(1, (long) Math.floor(Math.log(error) / Math.log1p(-q)) - 1);
        while (Binomial.atMost(0, n, q) > error) {
            n++;
        }
        return n;
    }

    /** Returns the smallest n that has a lower bound: q^n &lt;= error. */
    long leastForLower() {
        double q = percentile.exceedance();
        long n = 1;
        while (Binomial.atLeast(n, n, q) > error) {
            n++;
        }
        return n;
    }
}
