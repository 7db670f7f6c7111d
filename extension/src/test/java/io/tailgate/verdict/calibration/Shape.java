/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict.calibration;

import java.util.function.DoubleUnaryOperator;

/** How slow an iteration is: a latency in ns as a function of a uniform number, the inverse of its distribution. */
public enum Shape {
    UNIFORM(u -> 1_000_000 + 500_000 * u),
    EXPONENTIAL(u -> 1_000_000 - 200_000 * Math.log(1 - u)),
    PARETO(u -> 1_000_000 * Math.pow(1 - u, -0.4)),
    /** Of a clock that ticks every 50 us. */
    QUANTISED(u -> 50_000 * Math.ceil(20 * Math.pow(1 - u, -0.4))),
    /** The median lies within 1 % of the gap between the modes, where it is known worst. */
    BIMODAL(u -> (u < Shape.LOWER_MODE ? 1_000_000 : 3_000_000) + 100_000 * u + (u > 0.985 ? 4_000_000 * u : 0));

    /** The share of the lower mode. */
    static final double LOWER_MODE = 0.51;

    @SuppressWarnings("ImmutableEnumChecker") // the functions capture nothing
    private final DoubleUnaryOperator inverse;

    Shape(DoubleUnaryOperator inverse) {
        this.inverse = inverse;
    }

    /** Returns the latency that the share {@code u} of all iterations does not exceed. */
    public long at(double u) {
        return (long) inverse.applyAsDouble(u);
    }

    public double mean() {
        int steps = 1_000_000;
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            sum += at((i + 0.5) / steps);
        }
        return sum / steps;
    }
}
