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

    static String ofCount(Percentile percentile, Outcome outcome, long slower, long n, double error) {
        double q = percentile.exceedance();
        String seen = String.format(Locale.ROOT, "%,d of %,d iterations were slower than the limit, ", slower, n);
        String fewer = String.format(Locale.ROOT, "%.3g", Binomial.atMost(slower, n, q));
        String more = String.format(Locale.ROOT, "%.3g", Binomial.atLeast(slower, n, q));
        return switch (outcome) {
            case PASS ->
                String.format(
                        Locale.ROOT,
                        "%sso few have probability %s <= %.3g if more than %s %% are",
                        seen,
                        fewer,
                        error,
                        percentile.exceedancePercent());
            case FAIL ->
                String.format(
                        Locale.ROOT,
                        "%sso many have probability %s <= %.3g if no more than %s %% are",
                        seen,
                        more,
                        error,
                        percentile.exceedancePercent());
            case INCONCLUSIVE ->
                String.format(
                        Locale.ROOT,
                        "%s%s %% allowed: so few have probability %s if the limit does not hold, so many %s if it does,"
                                + " neither <= %.3g",
                        seen,
                        percentile.exceedancePercent(),
                        fewer,
                        more,
                        error);
        };
    }

    static String ofRatio(LatencyBound bound, Outcome outcome, long low, long high, LimitRange limit, double error) {
        String what = bound.limit() instanceof Limit.TimesMedian median
                ? Percentile.plain(median.factor()) + " x the median"
                : Percentile.plain(((Limit.TimesMean) bound.limit()).factor()) + " x the mean";
        String relation = switch (outcome) {
            case PASS -> "the highest p%1$s is within the lowest limit";
            case FAIL -> "the lowest p%1$s is above the highest limit";
            case INCONCLUSIVE -> "the two overlap";
        };
        return String.format(
                Locale.ROOT,
                "p%1$s lies between %2$s and %3$s, %4$s between %5$s and %6$s (error %7$.3g at each end): " + relation,
                Percentile.plain(bound.percentile()),
                time(low),
                time(high),
                what,
                time(limit.lowNs()),
                time(limit.highNs()),
                error);
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
