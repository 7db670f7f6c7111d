/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import io.tailgate.plan.Limit;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Where a limit lies: a time is known, a multiple of the median or mean is as uncertain as these are.
 *
 * <p>All three in whole nanoseconds, rounded down: no latency lies between a limit and its whole part.
 *
 * @param lowNs the limit is less only with the error given
 * @param observedNs with the median or mean of the sample
 * @param highNs the limit is more only with the error given
 */
record LimitRange(long lowNs, long observedNs, long highNs) {

    static final Percentile MEDIAN = Percentile.of(50);

    /** Returns the range for {@code n} iterations such as those in {@code sample}. */
    static LimitRange of(Limit limit, Sample sample, long n, double error) {
        if (limit instanceof Limit.TimesMedian median) {
            Quantile middle = new Quantile(MEDIAN, error);
            return new LimitRange(
                    times(median.factor(), sample.low(middle, n)),
                    times(median.factor(), sample.percentile(MEDIAN)),
                    times(median.factor(), sample.high(middle, n)));
        }
        if (limit instanceof Limit.TimesMean mean) {
            return ofMean(mean.factor(), sample, n, error);
        }
        long ns = nanos((Limit.AtMost) limit);
        return new LimitRange(ns, ns, ns);
    }

    /** Student's interval: exact for normal values, by the central limit theorem about right for others. */
    private static LimitRange ofMean(double factor, Sample sample, long n, double error) {
        long observed = times(factor, sample.mean());
        if (n < StudentT.LEAST || sample.size() < StudentT.LEAST) {
            return new LimitRange(0, observed, Long.MAX_VALUE);
        }
        double half = StudentT.above(error, n) * sample.deviation() / Math.sqrt((double) n);
        return new LimitRange(
                times(factor, Math.max(0, sample.mean() - half)), observed, times(factor, sample.mean() + half));
    }

    private static long nanos(Limit.AtMost limit) {
        try {
            return limit.time().toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE; // more than 292 years
        }
    }

    private static long times(double factor, double ns) {
        return whole(BigDecimal.valueOf(factor).multiply(new BigDecimal(ns)));
    }

    private static long times(double factor, long ns) {
        return ns == Long.MAX_VALUE ? ns : whole(BigDecimal.valueOf(factor).multiply(BigDecimal.valueOf(ns)));
    }

    private static long whole(BigDecimal ns) {
        return ns.min(BigDecimal.valueOf(Long.MAX_VALUE))
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
    }
}
