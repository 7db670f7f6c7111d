/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

/** Quantiles of Student's t and of the normal distribution. */
final class StudentT {

    /** The least sample for which an interval of the mean is made at all. */
    static final int LEAST = 30;

    private StudentT() {}

    /** Returns the value that t with {@code n - 1} degrees of freedom exceeds with probability {@code error} &lt; 0.5. */
    static double above(double error, long n) {
        double freedom = n - 1.0;
        double low = 0;
        double high = 1;
        while (exceeding(high, freedom) > error) {
            low = high;
            high *= 2;
        }
        while (high - low > 1e-9 * high) {
            double middle = (low + high) / 2;
            if (exceeding(middle, freedom) > error) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double exceeding(double t, double freedom) {
        return Beta.regularised(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
    }

    /** Returns the same of the normal distribution, &lt; 0.5, by Wichura's AS 241, PPND7 (Applied Statistics 37, 1988): 7 digits. */
    static double normalAbove(double p) {
        double x = 0.5 - p;
        if (x <= 0.425) {
            double r = 0.180625 - x * x;
            return x
                    * (((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)
                    / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1);
        }
        double root = Math.sqrt(-Math.log(p));
        if (root <= 5) {
            double r = root - 1.6;
            return (((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777)
                    / ((0.12021132975 * r + 0.73700164250) * r + 1);
        }
        double r = root - 5;
        return (((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150)
                / ((0.012258202635 * r + 0.24197894225) * r + 1);
    }
}
