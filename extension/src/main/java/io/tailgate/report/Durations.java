/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Nanoseconds and counts as people read them: {@code 1.12 ms}, {@code 0.95-1.31 ms}, {@code 2,000}. */
final class Durations {

    private static final String[] UNITS = {"ns", "us", "ms", "s"};
    private static final int USUAL_DIGITS = 3;
    private static final int MOST_DIGITS = 9;
    private static final double LEAST_OF_UNIT = 0.1;

    private Durations() {}

    static String format(long ns) {
        return format((double) ns);
    }

    static String format(double ns) {
        return format(ns, USUAL_DIGITS);
    }

    /** Formats a round number, e.g. an axis label, without needless zeros: {@code 1 ms}, {@code 2.5 us}. */
    static String round(double ns) {
        return ns == 0 ? "0" : format(ns).replaceFirst("(\\.\\d*?)0+ ", "$1 ").replace(". ", " ");
    }

    /** Formats with as many digits as it takes to tell {@code ns} from {@code other}. */
    static String distinct(double ns, double other) {
        return format(ns, digitsThatTell(ns, other));
    }

    private static int digitsThatTell(double ns, double other) {
        int digits = USUAL_DIGITS;
        while (digits < MOST_DIGITS && ns != other && format(ns, digits).equals(format(other, digits))) {
            digits++;
        }
        return digits;
    }

    /** Formats both ends, in the unit of the upper unless too little is left of the lower; MAX_VALUE: no upper end. */
    static String range(long lowNs, long highNs) {
        if (highNs == Long.MAX_VALUE) {
            return format(lowNs) + " or more";
        }
        int unit = unit((double) highNs, USUAL_DIGITS);
        if (lowNs / Math.pow(1000, unit) < LEAST_OF_UNIT) {
            return format(lowNs) + " to " + format(highNs);
        }
        return number((double) lowNs, unit, USUAL_DIGITS) + "-" + number((double) highNs, unit, USUAL_DIGITS) + " "
                + UNITS[unit];
    }

    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** A mean of counts: whole from 100 on, one decimal below, two below one; what is not 0 never reads 0. */
    static String mean(double value) {
        if (!Double.isFinite(value)) {
            return "none";
        }
        if (value > 0 && value < 0.005) {
            return "below 0.01";
        }
        int decimals = value >= 99.95 ? 0 : value >= 0.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value)
                .replaceFirst("(\\.\\d*?)0+$", "$1")
                .replaceFirst("\\.$", "");
    }

    static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", share * 100) : "none";
    }

    private static String format(double ns, int digits) {
        if (!Double.isFinite(ns)) {
            return "none";
        }
        int unit = unit(ns, digits);
        return number(ns, unit, digits) + " " + UNITS[unit];
    }

    /** The largest unit in which the rounded value is at least one. */
    private static int unit(double ns, int digits) {
        double overflow = 1000 - 0.5 * Math.pow(10, 3.0 - Math.max(digits, USUAL_DIGITS));
        int unit = 0;
        for (double value = Math.abs(ns); value >= overflow && unit < UNITS.length - 1; value /= 1000) {
            unit++;
        }
        return unit;
    }

    private static String number(double ns, int unit, int digits) {
        double value = ns / Math.pow(1000, unit);
        boolean wholeNanoseconds = unit == 0 && value == Math.rint(value);
        int whole = value < 1 ? 1 : (int) Math.log10(value) + 1;
        int decimals = wholeNanoseconds ? 0 : Math.max(0, digits - whole);
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
        return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
    }
}
