/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

/** Quantiles of Student's t for 29 degrees of freedom and more, to about 6 digits. */
final class StudentT {

    /** The least sample for which an interval of the mean is made at all. */
    static final int LEAST = 30;

    private StudentT() {}

    /** Returns the value that t with {@code n - 1} degrees of freedom exceeds with probability {@code error} &lt; 0.5. */
    static double above(double error, long n) {
        double z = normalAbove(error);
        double z2 = z * z;
        double v = n - 1.0;
        double first = z * (z2 + 1) / 4; // Abramowitz and Stegun 26.7.5
        double second = z * ((5 * z2 + 16) * z2 + 3) / 96;
        double third = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
        return z + (first + (second + third / v) / v) / v;
    }

    /** Returns the same of the normal distribution, by Wichura's AS 241, PPND7 (Applied Statistics 37, 1988): 7 digits. */
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
