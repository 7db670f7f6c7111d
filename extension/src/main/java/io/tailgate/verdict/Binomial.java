/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

/**
 * Tails of the binomial distribution, to about 13 significant digits, for n up to billions and down to 1e-300.
 *
 * <p>The probability of one count is Loader's saddle-point form ("Fast and accurate computation of binomial
 * probabilities", 2000), which loses no digits to large factorials; a tail is summed from there outward, each term from
 * the one before, until the terms no longer count.
 */
final class Binomial {

    private static final double NEGLIGIBLE = 1e-18;

    private Binomial() {}

    /** Returns P(Bin(n, q) &lt;= t). */
    static double atMost(long t, long n, double q) {
        if (t < 0) {
            return 0;
        }
        if (t >= n) {
            return 1;
        }
        return t <= n * q ? sumDown(t, n, q) : 1 - sumUp(t + 1, n, q);
    }

    /** Returns P(Bin(n, q) &gt;= t). */
    static double atLeast(long t, long n, double q) {
        if (t <= 0) {
            return 1;
        }
        if (t > n) {
            return 0;
        }
        return t >= n * q ? sumUp(t, n, q) : 1 - sumDown(t - 1, n, q);
    }

    private static double sumDown(long from, long n, double q) {
        double term = probability(from, n, q);
        double sum = term;
        for (long x = from; x > 0 && term > sum * NEGLIGIBLE; x--) {
            term *= x * (1 - q) / ((n - x + 1) * q);
            sum += term;
        }
        return Math.min(1, sum);
    }

    private static double sumUp(long from, long n, double q) {
        double term = probability(from, n, q);
        double sum = term;
        for (long x = from; x < n && term > sum * NEGLIGIBLE; x++) {
            term *= (n - x) * q / ((x + 1) * (1 - q));
            sum += term;
        }
        return Math.min(1, sum);
    }

    /** Returns P(Bin(n, q) = x). */
    static double probability(long x, long n, double q) {
        if (x == 0) {
            return Math.exp((double) n * Math.log1p(-q));
        }
        if (x == n) {
            return Math.exp(n * Math.log(q));
        }
        double exponent = stirlingError(n)
                - stirlingError(x)
                - stirlingError(n - x)
                - deviance((double) x, n * q)
                - deviance((double) (n - x), n * (1 - q));
        return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * x) / (n - x));
    }

    /** Returns ln(n!) less Stirling's approximation of it. */
    static double stirlingError(long n) {
        if (n < 16) {
            double factorial = 1;
            for (int i = 2; i <= n; i++) {
                factorial *= i;
            }
            return Math.log(factorial) - (0.5 * Math.log(2 * Math.PI * n) + n * Math.log((double) n) - n);
        }
        double nn = (double) n * n;
        return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / nn) / nn) / nn) / nn) / (double) n;
    }

    /** Returns x ln(x / mean) + mean - x; near the mean as a series, because there the terms cancel. */
    static double deviance(double x, double mean) {
        if (Math.abs(x - mean) >= 0.1 * (x + mean)) {
            return x * Math.log(x / mean) + mean - x;
        }
        double v = (x - mean) / (x + mean);
        double sum = (x - mean) * v;
        double power = 2 * x * v;
        for (int odd = 3; ; odd += 2) {
            power *= v * v;
            double next = sum + power / odd;
            if (next == sum) {
                return sum;
            }
            sum = next;
        }
    }
}
