/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.guard.Protection;
import io.tailgate.guard.QuietResult;
import io.tailgate.measure.Measurement;
import io.tailgate.plan.Limit;
import io.tailgate.plan.TestName;
import io.tailgate.verdict.BoundVerdict;
import io.tailgate.verdict.Outcome;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The phrases that message, page and tables share, so that a figure reads the same everywhere. */
final class Wording {

    private static final Pattern BREAKING = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    private Wording() {}

    /** Returns {@code text} for a place that has one line: a display name may hold line ends and terminal codes. */
    static String oneLine(String text) {
        return BREAKING.matcher(text).replaceAll(" ");
    }

    static String fullName(TestName name) {
        return name.className() + "." + name.displayName();
    }

    /** {@code p99}, {@code p99.9}; the hundredth percentile is the maximum. */
    static String percentile(double percentile) {
        return percentile == 100 ? "max" : "p" + decimals("0.######", percentile);
    }

    /** {@code 3.00 x median (750 us)} or {@code 5.00 ms}. */
    static String limit(BoundVerdict judged) {
        String time = Durations.distinct(judged.limitNs(), (double) judged.observedNs());
        Limit limit = judged.bound().limit();
        if (limit instanceof Limit.TimesMedian median) {
            return decimals("0.00######", median.factor()) + " x median (" + time + ")";
        }
        if (limit instanceof Limit.TimesBaseline baseline) {
            return decimals("0.00######", baseline.factor()) + " x baseline (" + time + ")";
        }
        return limit instanceof Limit.TimesMean mean
                ? decimals("0.00######", mean.factor()) + " x mean (" + time + ")"
                : time;
    }

    static String observed(BoundVerdict judged) {
        return Durations.distinct((double) judged.observedNs(), judged.limitNs());
    }

    /** {@code 99 % confidence 1.05-1.31 ms}; the maximum says nothing beyond its sample, so it has none. */
    static String interval(BoundVerdict judged) {
        if (judged.bound().percentile() == 100) {
            return "of these iterations alone";
        }
        return decimals("0.####", judged.bound().confidence() * 100) + " % confidence "
                + Durations.range(judged.lowNs(), judged.highNs())
                + (judged.highNs() == Long.MAX_VALUE ? " (too few iterations for an upper bound)" : "");
    }

    static String standing(Outcome outcome) {
        return switch (outcome) {
            case PASS -> "is within";
            case FAIL -> "is above";
            case INCONCLUSIVE -> "cannot be judged against";
        };
    }

    /** A kernel setting's value, or that this kernel has none. */
    static String orAbsent(@Nullable String value) {
        return value == null ? "absent" : value;
    }

    /** {@code had: 1 before, 120 during; until the test ends} or {@code not had: no such file}. */
    static String quiet(QuietResult result) {
        String values = result.before() == null ? "" : result.before() + " before, " + result.during() + " during; ";
        return result.had().words() + ": " + values + result.reason();
    }

    static String hintFaults(Protection protection) {
        return protection.hintFaults() < 0 ? "unknown" : Durations.count(protection.hintFaults());
    }

    static String warmUp(Measurement.WarmUp warmup) {
        return (warmup.steady() ? "" : "NOT STEADY, ") + warmup.description();
    }

    /** A counter of one iteration; unknown, not 0, where none were read. */
    static String counter(Measurement measured, int iteration, int field) {
        return measured.hasCounters() ? Durations.count(measured.counter(iteration, field)) : "unknown";
    }

    private static String decimals(String pattern, double value) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }
}
