/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

/**
 * The regularised incomplete beta function, by Lentz's evaluation of its continued fraction (DLMF 8.17.22).
 *
 * <p>It is the tail of the binomial distribution for numbers of trials that need not be whole, and that of Student's t.
 */
final class Beta {

    private static final double TINY = 1e-300;
    private static final double PRECISION = 1e-15;
    private static final int STEPS = 100_000;

    private Beta() {}

    /** Returns I_x(a, b); a and b are above 0. */
    static double regularised(double x, double a, double b) {
        if (x <= 0 || x >= 1) {
            return x <= 0 ? 0 : 1;
        }
        double front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b));
        return x < (a + 1) / (a + b + 2)
                ? Math.min(1, front * fraction(x, a, b) / a)
                : Math.max(0, 1 - front * fraction(1 - x, b, a) / b);
    }

    private static double fraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / awayFromZero(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m < STEPS; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / awayFromZero(1 + even * d);
            c = awayFromZero(1 + even / c);
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / awayFromZero(1 + odd * d);
            c = awayFromZero(1 + odd / c);
            value *= d * c;
            if (Math.abs(d * c - 1) < PRECISION) {
                return value;
            }
        }
        throw new ArithmeticException("no convergence of the incomplete beta function at " + x + ", " + a + ", " + b);
    }

    private static double awayFromZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    private static double logBeta(double a, double b) {
        return logGamma(a) + logGamma(b) - logGamma(a + b);
    }

    /** Stirling's series (DLMF 5.11.1), from 16 on exact to the last digits; smaller arguments by recurrence. */
    private static double logGamma(double x) {
        double shift = 1;
        double z = x;
        while (z < 16) {
            shift *= z;
            z++;
        }
        double zz = z * z;
        double series = (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - 1.0 / 1680 / zz) / zz) / zz) / z;
        return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - Math.log(shift);
    }
}
