/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit.AtMost;
import io.tailgate.plan.Limit.TimesBaseline;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Judges a candidate's tail by that of a baseline which ran in turn with it: PASS if the highest p of the candidate is
 * within k times the lowest of the baseline, FAIL if the candidate's lowest is above k times the baseline's highest.
 *
 * <p>Each side's percentile has the confidence bounds that {@link TailTest} gives it alone, each end with half the error,
 * so that both hold together with the whole (Bonferroni), whatever slow iterations of both have in common. A FAIL needs it
 * for each bound of each test of the family, so there the error is divided by their number.
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
        List<BoundVerdict> verdicts = new ArrayList<>();
        for (LatencyBound bound : bounds) {
            double failShare = errorShare / bounds.size();
            verdicts.add(judge(baselineNs, candidateNs, bound, errorShare, failShare));
        }
        return new Verdict(Outcome.worst(verdicts), verdicts, List.of());
    }

    /** Returns the smallest number of iterations of each side at which the bound can PASS. */
    public static long iterationsRequired(LatencyBound bound) {
        double half = (1 - bound.confidence()) / 2;
        return TailTest.iterationsRequired(
                new LatencyBound(bound.percentile(), new AtMost(Duration.ZERO), 1 - half, bound.burst()));
    }

    private static BoundVerdict judge(
            long[] baselineNs, long[] candidateNs, LatencyBound bound, double passShare, double failShare) {
        double factor = ((TimesBaseline) bound.limit()).factor();
        BoundVerdict baseline = alone(baselineNs, bound, passShare);
        BoundVerdict candidate = alone(candidateNs, bound, passShare);
        BoundVerdict baselineToFail = failShare == passShare ? baseline : alone(baselineNs, bound, failShare);
        BoundVerdict candidateToFail = failShare == passShare ? candidate : alone(candidateNs, bound, failShare);
        long lowest = times(factor, baseline.lowNs());
        long highest = times(factor, baselineToFail.highNs());
        Outcome outcome = Outcome.INCONCLUSIVE;
        if (candidate.highNs() <= lowest && candidate.highNs() != Long.MAX_VALUE) {
            outcome = Outcome.PASS;
        } else if (candidateToFail.lowNs() > highest) {
            outcome = Outcome.FAIL;
        }
        long limit = times(factor, baseline.observedNs());
        BoundVerdict shown = outcome == Outcome.FAIL ? candidateToFail : candidate;
        return new BoundVerdict(
                bound,
                limit,
                shown.observedNs(),
                shown.lowNs(),
                shown.highNs(),
                Arrays.stream(candidateNs).filter(ns -> ns > limit).count(),
                candidateNs.length,
                outcome,
                0,
                PairedReasons.of(bound, outcome, baseline, baselineToFail, shown));
    }

    /** Returns one side's interval; judged at what was observed, where neither side can be told, it is undecided. */
    private static BoundVerdict alone(long[] latencyNs, LatencyBound bound, double errorShare) {
        long[] sorted = latencyNs.clone();
        Arrays.sort(sorted);
        long observed = Percentile.of(bound.percentile()).in(sorted);
        LatencyBound own = new LatencyBound(
                bound.percentile(), new AtMost(Duration.ofNanos(observed)), bound.confidence(), bound.burst());
        return TailTest.judge(latencyNs, List.of(own), errorShare / 2).bounds().get(0);
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
