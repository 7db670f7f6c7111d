/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How often iterations are due in an open loop, as it is written in an annotation: {@code 200/s}, {@code 200/s poisson},
 * {@code 200/s poisson seed 7}.
 *
 * @param text as it was written
 * @param gapNs from one intended start to the next, on average
 * @param poisson whether the gaps are exponential, as those of many independent clients are, or all the same
 * @param seed of exponential gaps: the same seed, the same intended starts
 */
public record ArrivalRate(String text, double gapNs, boolean poisson, long seed) {

    static final long DEFAULT_SEED = 1;

    private static final double SHORTEST_GAP_NS = 100;
    private static final double LONGEST_GAP_NS = TimeUnit.DAYS.toNanos(1);

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*/\\s*(ms|s|min)(\\s+poisson(?:\\s+seed\\s+(\\d{1,18}))?)?");

    /** Returns the rate that an attribute says, null where it is empty. */
    static @Nullable ArrivalRate parse(String text) {
        return text.isBlank() ? null : parsed(text, FORM.matcher(text.strip()));
    }

    private static ArrivalRate parsed(String text, Matcher form) {
        if (!form.matches()) {
            throw new IllegalArgumentException("rate = \"" + text
                    + "\" is not a rate; write a number of iterations a ms, s or min, e.g. \"200/s\", or \"200/s poisson\""
                    + " for exponential gaps, with \"seed 7\" after it for others than those of seed "
                    + DEFAULT_SEED);
        }
        double gapNs = gapNs(new BigDecimal(form.group(1)), form.group(2));
        if (gapNs < SHORTEST_GAP_NS || gapNs > LONGEST_GAP_NS) {
            throw new IllegalArgumentException(
                    "rate = \"" + text + "\" is out of range; the least is one iteration a day, the most 10000/ms");
        }
        String seed = form.group(4);
        return new ArrivalRate(
                text.strip(), gapNs, form.group(3) != null, seed == null ? DEFAULT_SEED : Long.parseLong(seed));
    }

    private static double gapNs(BigDecimal count, String unit) {
        long nanos = switch (unit) {
            case "ms" -> TimeUnit.MILLISECONDS.toNanos(1);
            case "min" -> TimeUnit.MINUTES.toNanos(1);
            default -> TimeUnit.SECONDS.toNanos(1);
        };
        return count.signum() == 0
                ? Double.POSITIVE_INFINITY
                : BigDecimal.valueOf(nanos).divide(count, MathContext.DECIMAL64).doubleValue();
    }

    public double perSecond() {
        return TimeUnit.SECONDS.toNanos(1) / gapNs;
    }

    /** Returns how the gaps are, in words: {@code fixed}, or {@code poisson (seed 1)}. */
    public String spacing() {
        return poisson ? String.format(Locale.ROOT, "poisson (seed %d)", seed) : "fixed";
    }
}
