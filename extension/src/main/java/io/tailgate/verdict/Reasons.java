/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import java.util.Locale;

/** The rule that decided, in words and numbers. */
final class Reasons {

    private Reasons() {}

    static String ofCount(ShareTest test, Outcome outcome, Exceedances seen) {
        String allowed = test.percentile().exceedancePercent();
        String few = probability(test.passProbability(seen), test.passError());
        String many = probability(test.failProbability(seen), test.failError());
        String counted = counted(seen);
        return switch (outcome) {
            case PASS ->
                String.format(
                        Locale.ROOT,
                        "%s; so few have probability %s <= %.3g if more than %s %% are, in bursts of up to %.3g",
                        counted,
                        few,
                        test.passError(),
                        allowed,
                        test.toleranceFor(seen));
            case FAIL ->
                String.format(
                        Locale.ROOT,
                        "%s; so many have probability %s <= %.3g if no more than %s %% are, however long bursts are",
                        counted,
                        many,
                        test.failError(),
                        allowed);
            case INCONCLUSIVE ->
                String.format(
                        Locale.ROOT,
                        "%s, %s %% allowed; so few have probability %s if the limit does not hold (%.3g would pass),"
                                + " so many %s if it does (%.3g would fail)",
                        counted,
                        allowed,
                        few,
                        test.passError(),
                        many,
                        test.failError());
        };
    }

    /** How many, and how they came; that they came evenly or one by one needs no saying. */
    private static String counted(Exceedances seen) {
        String bursts = seen.bursts() == 1
                ? ", all in one burst"
                : String.format(Locale.ROOT, ", in %,d bursts, the longest of %,d", seen.bursts(), seen.longest());
        String runs = seen.bursts() == seen.count() ? "" : bursts;
        String parts = seen.dispersion() < 1.5
                ? ""
                : String.format(
                        Locale.ROOT, ", spread so unevenly that they count as %.3g independent ones", seen.effective());
        return String.format(Locale.ROOT, "%,d of %,d iterations were slower than the limit", seen.count(), seen.n())
                + runs
                + parts;
    }

    private static String probability(double p, double error) {
        return p < 1e-9 && error >= 1e-9 ? "below 1e-9" : String.format(Locale.ROOT, "%.3g", p);
    }

    static String ofRatio(
            LatencyBound bound, Outcome outcome, PercentileInterval interval, LimitRange limit, ShareTest test) {
        String what = bound.limit() instanceof Limit.TimesMedian median
                ? Percentile.plain(median.factor()) + " x the median"
                : Percentile.plain(((Limit.TimesMean) bound.limit()).factor()) + " x the mean";
        String relation = switch (outcome) {
            case PASS -> "the highest p%1$s is within the lowest limit";
            case FAIL -> "the lowest p%1$s is above the highest limit";
            case INCONCLUSIVE ->
                limit.isBelowTheClock()
                        ? "the clock is too coarse for multiples of 0 ns; let an iteration do more, or set atMost"
                        : "the two overlap";
        };
        return String.format(
                Locale.ROOT,
                "p%1$s lies between %2$s and %3$s, %4$s between %5$s and %6$s (errors %7$.3g to fail, %8$.3g to pass, for"
                        + " each of the two): " + relation,
                Percentile.plain(bound.percentile()),
                time(interval.lowNs()),
                time(interval.highNs()),
                what,
                time(limit.lowNs()),
                time(limit.highNs()),
                test.failError(),
                test.passError());
    }

    static String ofMaximum(long slower, long n) {
        return String.format(
                Locale.ROOT,
                "%,d of %,d iterations were slower than the limit; p100 judges these iterations alone and says nothing"
                        + " about those to come",
                slower,
                n);
    }

    static String ofNeed(Outcome outcome, long needed) {
        if (outcome != Outcome.INCONCLUSIVE) {
            return "";
        }
        return needed == 0
                ? "; no practicable number of such iterations would decide, the percentile is too near the limit"
                : String.format(Locale.ROOT, "; about %,d such iterations would decide", needed);
    }

    private static String time(long ns) {
        return ns == Long.MAX_VALUE ? "infinity" : String.format(Locale.ROOT, "%,.3f us", ns / 1e3);
    }
}
