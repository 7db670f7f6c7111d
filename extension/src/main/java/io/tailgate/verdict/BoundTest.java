/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import java.math.BigDecimal;
import java.util.function.LongPredicate;

/**
 * The rule for one bound: PASS if so few iterations are slower than the lowest limit that {@link ShareTest} passes, FAIL if
 * so many are slower than the highest that it fails, else INCONCLUSIVE.
 *
 * <p>A time is a limit that is known. For a multiple the percentile and the median (or mean) get half of the error each,
 * so that both hold together (Bonferroni): PASS at k L_50, FAIL at k U_50.
 */
final class BoundTest {

    /** No run is so long; where even so many would not decide, the percentile is at the limit for all practice. */
    private static final long NEVER = 10_000_000;

    /** From so many allowed slow iterations on it takes tens of ms to say what a run would say. */
    private static final double MANY = 1_000;

    private static final long ABOUT = 200; // a number of iterations that would decide is told to a 200th

    private final LatencyBound bound;
    private final Percentile percentile;
    private final ShareTest test;

    /**
     * @param errorShare the share of both errors that may be spent now
     * @param failures among how many bounds the error of a FAIL is shared
     */
    BoundTest(LatencyBound bound, double errorShare, long failures) {
        this.bound = bound;
        this.percentile = Percentile.of(bound.percentile());
        double whole =
                BigDecimal.ONE.subtract(BigDecimal.valueOf(bound.confidence())).doubleValue();
        double error = whole * errorShare / (isRatio() ? 2 : 1);
        this.test = new ShareTest(percentile, error, error / failures, bound.burst());
    }

    private boolean isRatio() {
        return !(bound.limit() instanceof Limit.AtMost);
    }

    /** Returns the smallest n at which a PASS is possible: with no iteration slower than the limit. */
    long iterationsRequired() {
        if (percentile.isMaximum()) {
            return 1;
        }
        long forPercentile = test.iterationsRequired();
        if (bound.limit() instanceof Limit.TimesMedian) {
            return Math.max(forPercentile, new Quantile(LimitRange.MEDIAN, test.passError()).leastForLower());
        }
        return bound.limit() instanceof Limit.TimesMean ? Math.max(forPercentile, StudentT.LEAST) : forPercentile;
    }

    BoundVerdict judge(Sample sample) {
        return percentile.isMaximum() ? judgeMaximum(sample) : judgePercentile(sample);
    }

    private BoundVerdict judgePercentile(Sample sample) {
        LimitRange limit = limit(sample, sample.size());
        Outcome outcome = outcome(sample, sample.size(), limit);
        PercentileInterval interval = PercentileInterval.of(sample, test).agreeingWith(outcome, sample, limit);
        long needed = outcome == Outcome.INCONCLUSIVE ? iterationsNeeded(sample) : 0;
        Exceedances seen = sample.slowerThan(limit.observedNs());
        String rule = isRatio()
                ? Reasons.ofRatio(bound, outcome, interval, limit, test)
                : Reasons.ofCount(test, outcome, seen);
        String reason = rule + (limit.isBelowTheClock() ? "" : Reasons.ofNeed(outcome, needed));
        return verdict(sample, limit, interval, outcome, needed, reason);
    }

    /** The sample itself is judged: of the largest value to come no sample says anything without an assumption. */
    private BoundVerdict judgeMaximum(Sample sample) {
        LimitRange limit = limit(sample, sample.size());
        long maximum = sample.percentile(percentile);
        long slower = sample.slowerThan(limit.observedNs()).count();
        Outcome outcome = slower == 0 ? Outcome.PASS : Outcome.FAIL;
        String reason = Reasons.ofMaximum(slower, sample.size());
        return verdict(sample, limit, new PercentileInterval(maximum, maximum), outcome, 0, reason);
    }

    private BoundVerdict verdict(
            Sample sample, LimitRange limit, PercentileInterval interval, Outcome outcome, long needed, String reason) {
        Exceedances seen = sample.slowerThan(limit.observedNs());
        return new BoundVerdict(
                bound,
                limit.observedNs(),
                sample.percentile(percentile),
                interval.lowNs(),
                interval.highNs(),
                seen.count(),
                sample.size(),
                outcome,
                needed,
                Bursts.of(seen, percentile.isMaximum() ? 1 : test.toleranceFor(seen)),
                reason);
    }

    private LimitRange limit(Sample sample, long n) {
        return LimitRange.of(bound.limit(), sample, n, test.passError(), test.failError());
    }

    /** Returns what these iterations say, without the numbers that go with it. */
    Outcome outcome(Sample sample) {
        LimitRange limit = limit(sample, sample.size());
        if (percentile.isMaximum()) {
            return sample.slowerThan(limit.observedNs()).count() == 0 ? Outcome.PASS : Outcome.FAIL;
        }
        return outcome(sample, sample.size(), limit);
    }

    /** Returns what {@code n} iterations such as these would say. */
    private Outcome outcome(Sample sample, long n, LimitRange limit) {
        double allowed = percentile.exceedance();
        if (test.passes(sample.slowerThan(limit.lowNs()).scaledTo(n, allowed))) {
            return Outcome.PASS;
        }
        boolean fails = limit.highNs() < Long.MAX_VALUE
                && test.fails(sample.slowerThan(limit.highNs()).scaledTo(n, allowed));
        return fails ? Outcome.FAIL : Outcome.INCONCLUSIVE;
    }

    private boolean decides(Sample sample, long n) {
        return outcome(sample, n, limit(sample, n)) != Outcome.INCONCLUSIVE;
    }

    /** Returns false only where {@link #decides} does; for long runs much sooner. */
    private boolean mayDecide(Sample sample, long n) {
        double allowed = percentile.exceedance();
        if (n * allowed < MANY) {
            return decides(sample, n);
        }
        LimitRange limit = limit(sample, n);
        return test.mayPass(sample.slowerThan(limit.lowNs()).scaledTo(n, allowed))
                || (limit.highNs() < Long.MAX_VALUE
                        && test.mayFail(sample.slowerThan(limit.highNs()).scaledTo(n, allowed)));
    }

    /** Returns about the n at which iterations such as these would decide, or 0 where none up to {@link #NEVER} would. */
    private long iterationsNeeded(Sample sample) {
        long least = iterationsRequired();
        if (sample.size() < least && outcome(sample, least, limit(sample, least)) == Outcome.PASS) {
            return least;
        }
        long needed = firstOf(sample.size(), n -> mayDecide(sample, n));
        if (needed > 0 && !decides(sample, needed)) {
            needed = firstOf(sample.size(), n -> decides(sample, n));
        }
        return needed == 0 && sample.size() < least ? least : needed;
    }

    /** Brackets the n from which on it decides by doubling, then halves; returns 0 where it does not. */
    private long firstOf(long tooFew, LongPredicate decides) {
        double most = Math.min(NEVER, 2 * ShareTest.MOST_EXPECTED / percentile.exceedance());
        long undecided = tooFew;
        long decided = 2 * undecided;
        while (!decides.test(decided)) {
            undecided = decided;
            decided *= 2;
            if (decided > most) {
                return 0;
            }
        }
        while (decided - undecided > Math.max(1, decided / ABOUT)) {
            long middle = (undecided + decided) >>> 1;
            if (decides.test(middle)) {
                decided = middle;
            } else {
                undecided = middle;
            }
        }
        return decided;
    }
}
