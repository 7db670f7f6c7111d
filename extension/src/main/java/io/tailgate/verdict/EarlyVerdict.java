/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import io.tailgate.verdict.SequentialTest.Seen;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Says when a run that goes on has shown enough, however often it is asked.
 *
 * <p>Looks have {@value #ERROR_SHARE} of each bound's error; the judgement of a run that no look ended has the rest.
 * {@link SequentialTest} weighs the evidence. What it says must also be what {@link TailTest} says of the same iterations
 * with the whole error: that asks for no smaller a sample, and sees disturbances that last longer than runs of slow
 * iterations show. It can only make a look more careful.
 */
public final class EarlyVerdict {

    /** What all looks together may spend of the error. */
    public static final double ERROR_SHARE = 0.85;

    private static final double LEAST_EXPECTED = 5;

    private EarlyVerdict() {}

    /**
     * Returns whether these bounds can be judged before the time is over: limits that are times, for percentiles below
     * 100. A median or mean is not known for sure at any look, and a maximum is that of the whole time.
     */
    public static boolean isPossible(List<LatencyBound> bounds) {
        return !bounds.isEmpty()
                && bounds.stream().allMatch(bound -> bound.percentile() < 100 && bound.limit() instanceof Limit.AtMost);
    }

    /** Returns PASS or FAIL where that is sure by now, else INCONCLUSIVE; for bounds for which it is possible. */
    public static Outcome of(long[] latencyNsInOrder, List<LatencyBound> bounds) {
        Outcome evidence = evidence(latencyNsInOrder, bounds);
        boolean agreed = evidence != Outcome.INCONCLUSIVE && TailTest.outcome(latencyNsInOrder, bounds, 1) == evidence;
        return agreed ? evidence : Outcome.INCONCLUSIVE;
    }

    private static Outcome evidence(long[] latencyNs, List<LatencyBound> bounds) {
        boolean pass = true;
        for (LatencyBound bound : bounds) {
            double q = Percentile.of(bound.percentile()).exceedance();
            double error = ERROR_SHARE * (1 - bound.confidence());
            Seen seen = seen(latencyNs, TimeUnit.NANOSECONDS.convert(((Limit.AtMost) bound.limit()).time()));
            SequentialTest test = new SequentialTest(q);
            if (test.logWorse(seen) >= -Math.log(error / (bounds.size() * bound.family()))) {
                return Outcome.FAIL;
            }
            pass &= test.logBetter(seen, tolerance(bound, seen.n() * q)) >= -Math.log(error);
        }
        return pass ? Outcome.PASS : Outcome.INCONCLUSIVE;
    }

    /** The mean length of bursts for which a PASS holds grows with what a run can tell of them. */
    private static double tolerance(LatencyBound bound, double expected) {
        double told = expected / Math.max(LEAST_EXPECTED, -Math.log(1 - bound.confidence()));
        return bound.burst() == 1 ? 1 : Math.max(bound.burst(), told);
    }

    private static Seen seen(long[] latencyNs, long limitNs) {
        Exceedances slower = Exceedances.of(latencyNs, limitNs);
        boolean endsSlow = latencyNs.length > 0 && latencyNs[latencyNs.length - 1] > limitNs;
        return new Seen(slower.n(), slower.bursts(), slower.count(), endsSlow);
    }
}
