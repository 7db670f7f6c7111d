/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit.TimesBaseline;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * Judges a candidate's tail by that of a baseline which ran in turn with it: PASS if the highest p of the candidate is
 * within k times the lowest of the baseline, FAIL if the candidate's lowest is above k times the baseline's highest.
 *
 * <p>The ends are those of {@link ShareTest}, each with half the error, so that both hold together with the whole
 * (Bonferroni), whatever slow iterations of both have in common. A FAIL has as many chances to be wrong as there are bounds
 * and tests in the build's family, so its error is divided by their number.
 */
public final class PairedTest {

    private PairedTest() {}

    /**
     * Judges both sides' latencies, each in the order in which they ran.
     *
     * @param bounds of kind {@link TimesBaseline}
     * @param errorShare the share of each bound's error, above 0 and at most 1, that this look may spend
     */
    public static Verdict judge(long[] baselineNs, long[] candidateNs, List<LatencyBound> bounds, double errorShare) {
        if (baselineNs.length == 0 || candidateNs.length == 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the baseline ran %d and the candidate %d times within the time for measuring, and both must run; allow"
                            + " more time",
                    baselineNs.length,
                    candidateNs.length));
        }
        Sample baseline = new Sample(baselineNs);
        Sample candidate = new Sample(candidateNs);
        List<BoundVerdict> verdicts = bounds.stream()
                .map(bound -> judge(baseline, candidate, bound, errorShare, bounds.size()))
                .toList();
        Outcome worst = Outcome.worst(verdicts);
        return new Verdict(worst, verdicts, Remarks.of(worst, verdicts));
    }

    /** Returns the smallest number of iterations of each side at which the bound can PASS. */
    public static long iterationsRequired(LatencyBound bound) {
        double half = half(bound);
        return new ShareTest(Percentile.of(bound.percentile()), half, half, bound.burst()).iterationsRequired();
    }

    private static BoundVerdict judge(
            Sample baseline, Sample candidate, LatencyBound bound, double errorShare, int bounds) {
        double toPass = half(bound) * errorShare;
        double toFail = toPass / ((double) bounds * bound.family());
        Percentile percentile = Percentile.of(bound.percentile());
        ShareTest high = new ShareTest(percentile, toPass, toFail, bound.burst());
        ShareTest low = new ShareTest(percentile, toFail, toPass, bound.burst()); // a PASS needs the baseline's low end
        PercentileInterval ofCandidate = PercentileInterval.of(candidate, high);
        PercentileInterval ofBaseline = PercentileInterval.of(baseline, low);
        double factor = ((TimesBaseline) bound.limit()).factor();
        Outcome outcome = outcome(ofCandidate, times(factor, ofBaseline.lowNs()), times(factor, ofBaseline.highNs()));
        long limit = times(factor, baseline.percentile(percentile));
        Exceedances slower = candidate.slowerThan(limit);
        double tolerance = Math.min(high.tolerance(candidate.size()), low.tolerance(baseline.size()));
        return new BoundVerdict(
                bound,
                limit,
                candidate.percentile(percentile),
                ofCandidate.lowNs(),
                ofCandidate.highNs(),
                slower.count(),
                candidate.size(),
                outcome,
                0,
                Bursts.of(slower, tolerance),
                new PairedReasons(bound, candidate.size(), baseline.size())
                        .of(outcome, ofCandidate, ofBaseline, tolerance));
    }

    private static Outcome outcome(PercentileInterval candidate, long lowestLimit, long highestLimit) {
        if (candidate.highNs() < Long.MAX_VALUE && candidate.highNs() <= lowestLimit) {
            return Outcome.PASS;
        }
        return candidate.lowNs() > highestLimit ? Outcome.FAIL : Outcome.INCONCLUSIVE;
    }

    private static double half(LatencyBound bound) {
        return BigDecimal.ONE.subtract(BigDecimal.valueOf(bound.confidence())).doubleValue() / 2;
    }

    private static long times(double factor, long ns) {
        return ns == Long.MAX_VALUE
                ? ns
                : BigDecimal.valueOf(factor)
                        .multiply(BigDecimal.valueOf(ns))
                        .min(BigDecimal.valueOf(Long.MAX_VALUE))
                        .longValue();
    }
}
