/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import java.math.BigDecimal;

/**
 * The rule for one bound: PASS if the upper bound of the percentile is within the limit, FAIL if the lower one is above
 * it, else INCONCLUSIVE.
 *
 * <p>For a time as limit that is the exact binomial test of the count t of slower iterations: PASS if P(Bin(n, q) &lt;=
 * t) &lt;= a, FAIL if P(Bin(n, q) &gt;= t) &lt;= a, with a = 1 - confidence for each. For a multiple the percentile and
 * the median (or mean) get a / 2 each, so that both hold together with a (Bonferroni): PASS if U_p &lt;= k L_50, FAIL if
 * L_p &gt; k U_50.
 */
final class BoundTest {

    /** No run is so long; where even so many would not decide, the percentile is at the limit for all practice. */
    private static final long NEVER = 10_000_000;

    private final LatencyBound bound;
    private final Percentile percentile;
    private final double error;
    private final Quantile quantile;

    BoundTest(LatencyBound bound, double errorShare) {
        this.bound = bound;
        this.percentile = Percentile.of(bound.percentile());
        double whole =
                BigDecimal.ONE.subtract(BigDecimal.valueOf(bound.confidence())).doubleValue();
        this.error = whole * errorShare / (isRatio() ? 2 : 1);
        this.quantile = new Quantile(percentile, error);
    }

    boolean isRatio() {
        return !(bound.limit() instanceof Limit.AtMost);
    }

    /** Returns the smallest n at which a PASS is possible: with no iteration slower than the limit. */
    long iterationsRequired() {
        if (percentile.isMaximum()) {
            return 1;
        }
        long forPercentile = quantile.leastForUpper();
        if (bound.limit() instanceof Limit.TimesMedian) {
            return Math.max(forPercentile, new Quantile(LimitRange.MEDIAN, error).leastForLower());
        }
        return bound.limit() instanceof Limit.TimesMean ? Math.max(forPercentile, StudentT.LEAST) : forPercentile;
    }

    BoundVerdict judge(Sample sample) {
        return percentile.isMaximum() ? judgeMaximum(sample) : judgePercentile(sample);
    }

    private BoundVerdict judgePercentile(Sample sample) {
        long n = sample.size();
        LimitRange limit = LimitRange.of(bound.limit(), sample, n, error);
        Outcome outcome = outcome(sample, n, limit);
        long needed = outcome == Outcome.INCONCLUSIVE ? iterationsNeeded(sample) : 0;
        long slower = sample.slowerThan(limit.observedNs());
        long low = sample.low(quantile, n);
        long high = sample.high(quantile, n);
        String reason = isRatio()
                ? Reasons.ofRatio(bound, outcome, low, high, limit, error) + Reasons.ofNeed(outcome, needed)
                : Reasons.ofCount(percentile, outcome, slower, n, error) + Reasons.ofNeed(outcome, needed);
        return verdict(sample, limit, low, high, slower, outcome, needed, reason);
    }

    /** The sample itself is judged: of the largest value to come no sample says anything without an assumption. */
    private BoundVerdict judgeMaximum(Sample sample) {
        LimitRange limit = LimitRange.of(bound.limit(), sample, sample.size(), error);
        long maximum = sample.percentile(percentile);
        long slower = sample.slowerThan(limit.observedNs());
        Outcome outcome = slower == 0 ? Outcome.PASS : Outcome.FAIL;
        String reason = Reasons.ofMaximum(slower, sample.size());
        return verdict(sample, limit, maximum, maximum, slower, outcome, 0, reason);
    }

    private BoundVerdict verdict(
            Sample sample,
            LimitRange limit,
            long low,
            long high,
            long slower,
            Outcome outcome,
            long needed,
            String reason) {
        return new BoundVerdict(
                bound,
                limit.observedNs(),
                sample.percentile(percentile),
                low,
                high,
                slower,
                sample.size(),
                outcome,
                needed,
                reason);
    }

    /** Returns what these iterations say. */
    Outcome outcome(Sample sample) {
        return outcome(sample, sample.size(), LimitRange.of(bound.limit(), sample, sample.size(), error));
    }

    /** Returns what {@code n} iterations such as these would say. */
    private Outcome outcome(Sample sample, long n, LimitRange limit) {
        if (sample.high(quantile, n) <= limit.lowNs()) {
            return Outcome.PASS;
        }
        return sample.low(quantile, n) > limit.highNs() ? Outcome.FAIL : Outcome.INCONCLUSIVE;
    }

    private boolean decides(Sample sample, long n) {
        return outcome(sample, n, LimitRange.of(bound.limit(), sample, n, error)) != Outcome.INCONCLUSIVE;
    }

    /** Returns an n at which iterations such as these would decide, or 0 where none up to {@link #NEVER} would. */
    private long iterationsNeeded(Sample sample) {
        long undecided = sample.size();
        long decided = 2 * undecided;
        while (!decides(sample, decided)) {
            undecided = decided;
            decided *= 2;
            if (decided > NEVER) {
                return 0;
            }
        }
        while (decided - undecided > 1) {
            long middle = (undecided + decided) >>> 1;
            if (decides(sample, middle)) {
                decided = middle;
            } else {
                undecided = middle;
            }
        }
        return decided;
    }
}
