/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import java.util.ArrayList;
import java.util.List;

/** Maps values to pixels, linear from 0 or logarithmic, with round numbers to label. */
record Scale(double low, double high, boolean logarithmic, double lowPixel, double highPixel) {

    private static final int MOST_TICKS = 7;
    private static final int[] STEPS = {1, 2, 5};

    static Scale linear(double high, double lowPixel, double highPixel) {
        return new Scale(0, Math.max(high, 1), false, lowPixel, highPixel);
    }

    static Scale logarithmic(double low, double high, double lowPixel, double highPixel) {
        return new Scale(Math.max(low, 0.5), Math.max(high, 1), true, lowPixel, highPixel);
    }

    double pixel(long value) {
        return pixel((double) value);
    }

    double pixel(double value) {
        double inside = Math.max(low, Math.min(high, value));
        double share = logarithmic ? Math.log(inside / low) / Math.log(high / low) : (inside - low) / (high - low);
        return lowPixel + share * (highPixel - lowPixel);
    }

    /** Returns at most {@value #MOST_TICKS} values that are 1, 2 or 5 times a power of ten, or multiples of one. */
    List<Double> ticks() {
        return logarithmic ? decades() : multiples();
    }

    private List<Double> multiples() {
        double step = 1e-3;
        for (int i = 0; high / step > MOST_TICKS; i++) {
            step = STEPS[i % 3] * Math.pow(10, i / 3 - 3);
        }
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; i * step <= high; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private List<Double> decades() {
        List<Double> fine = powers(STEPS);
        List<Double> coarse = powers(1);
        return fine.size() <= MOST_TICKS || coarse.size() < 2 ? fine : coarse;
    }

    private List<Double> powers(int... steps) {
        List<Double> ticks = new ArrayList<>();
        for (int exponent = 0; Math.pow(10, exponent) <= high; exponent++) {
            for (int step : steps) {
                double tick = step * Math.pow(10, exponent);
                if (tick >= low && tick <= high) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }
}
