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
    static LimitRange of(Limit limit, Sample sample, long n, double lowError, double highError) {
        if (limit instanceof Limit.TimesMedian median) {
            return ofMedian(median.factor(), sample, n, lowError, highError);
        }
        if (limit instanceof Limit.TimesMean mean) {
            return ofMean(mean.factor(), sample, n, lowError, highError);
        }
        long ns = nanos((Limit.AtMost) limit);
        return new LimitRange(ns, ns, ns);
    }

    /** The order statistics of independent iterations, and further out where parts of the run differ. */
    private static LimitRange ofMedian(double factor, Sample sample, long n, double lowError, double highError) {
        long median = sample.percentile(MEDIAN);
        double dispersion = sample.slowerThan(median).dispersion();
        long low = (long) Math.floor(n / 2.0 - reach(lowError, sample, n, dispersion));
        long high = (long) Math.ceil(n / 2.0 + reach(highError, sample, n, dispersion)) + 1;
        long least = Math.min(low, new Quantile(MEDIAN, lowError).lowerRank(n));
        long most = new Quantile(MEDIAN, highError).upperRank(n);
        long highest = most == Quantile.NONE || high > n ? 0 : sample.ofRank(Math.max(high, most), n);
        return new LimitRange(
                least < 1 ? 0 : times(factor, sample.ofRank(least, n)),
                times(factor, median),
                highest == 0 ? Long.MAX_VALUE : times(factor, highest)); // of 0 ns any tick of the clock is a multiple
    }

    /** Says whether the clock is too coarse to tell what it is a multiple of. */
    boolean isBelowTheClock() {
        return observedNs == 0 && highNs == Long.MAX_VALUE;
    }

    /** Returns by how many ranks the median may be off, by how the share above it varies from part to part. */
    private static double reach(double error, Sample sample, long n, double dispersion) {
        int parts = Exceedances.partsOf(sample.size());
        return parts == 0 ? 0 : StudentT.above(error, parts) * Math.sqrt(n * 0.25 * dispersion);
    }

    /**
     * Student's interval: exact for normal values, by the central limit theorem about right for others; of the iterations
     * and of the means of parts of the run, the wider.
     */
    private static LimitRange ofMean(double factor, Sample sample, long n, double lowError, double highError) {
        long observed = times(factor, sample.mean());
        if (n < StudentT.LEAST || sample.size() < StudentT.LEAST) {
            return new LimitRange(0, observed, Long.MAX_VALUE);
        }
        double low = Math.max(0, sample.mean() - halfWidth(lowError, sample, n));
        double high = sample.mean() + halfWidth(highError, sample, n);
        return new LimitRange(times(factor, low), observed, times(factor, high));
    }

    private static double halfWidth(double error, Sample sample, long n) {
        double independent = StudentT.above(error, n) * sample.deviation() / Math.sqrt((double) n);
        int parts = Exceedances.partsOf(sample.size());
        if (parts == 0) {
            return independent;
        }
        double part = Math.floor((double) sample.size() / parts);
        double ofSums = Math.sqrt(PartMeans.variance(sample.partSums(parts)) / parts) / part;
        double longer = Math.sqrt((double) sample.size() / n);
        return Math.max(independent, StudentT.above(error, parts) * ofSums * longer);
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
