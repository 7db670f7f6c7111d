/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import io.tailgate.plan.LatencyBound;
import java.util.List;
import java.util.stream.Stream;

/**
 * Judges the tail of a run, once or at looks that share the error.
 *
 * <p>A bound holds when at most the share q = 1 - p/100 of all iterations to come is slower than its limit. Both errors
 * are one-sided and at most 1 - confidence for each bound: to FAIL when it holds, and to PASS when it does not, as long as
 * slow iterations come in bursts of a mean length up to the tolerance that a PASS names. Between them lies INCONCLUSIVE,
 * an answer of its own. {@link BoundTest} states the rule for a bound, {@link ShareTest} the test, {@link BurstModel} what
 * it is computed from.
 *
 * <p>Several bounds: a wrong PASS of all needs a wrong PASS of one that is violated, so its error stays that of one
 * (Berger's intersection-union test, 1982). A wrong FAIL has as many chances as there are bounds, and tests in the build's
 * family, so the error of each is divided by their number (Bonferroni).
 */
public final class TailTest {

    private TailTest() {}

    /** Judges latencies in the order in which the iterations ran, at least one; once for the whole run. */
    public static Verdict judge(long[] latencyNsInOrder, List<LatencyBound> bounds) {
        return judge(latencyNsInOrder, bounds, 1);
    }

    /**
     * Judges the run so far.
     *
     * @param errorShare the share of each bound's error, above 0 and at most 1, that this look may spend; the shares of
     *     all looks at a run add up to at most 1
     */
    public static Verdict judge(long[] latencyNsInOrder, List<LatencyBound> bounds, double errorShare) {
        requireRun(latencyNsInOrder, errorShare);
        Sample sample = new Sample(latencyNsInOrder);
        List<BoundVerdict> verdicts =
                tests(bounds, errorShare).map(test -> test.judge(sample)).toList();
        Outcome worst = Outcome.worst(verdicts);
        return new Verdict(worst, verdicts, Remarks.of(worst, verdicts));
    }

    /** Returns what {@link #judge(long[], List, double)} would say, in a fraction of its time: for looks. */
    public static Outcome outcome(long[] latencyNsInOrder, List<LatencyBound> bounds, double errorShare) {
        requireRun(latencyNsInOrder, errorShare);
        Sample sample = new Sample(latencyNsInOrder);
        return Outcome.worstOf(
                tests(bounds, errorShare).map(test -> test.outcome(sample)).toList());
    }

    private static void requireRun(long[] latencyNsInOrder, double errorShare) {
        if (latencyNsInOrder.length == 0) {
            throw new IllegalArgumentException("no iteration was measured; measure at least one");
        }
        if (!(errorShare > 0 && errorShare <= 1)) {
            throw new IllegalArgumentException("errorShare = " + errorShare + " is out of range; a look may spend more"
                    + " than nothing and at most 1, the whole error");
        }
    }

    private static Stream<BoundTest> tests(List<LatencyBound> bounds, double errorShare) {
        long inferred =
                bounds.stream().filter(bound -> bound.percentile() < 100).count();
        return bounds.stream().map(bound -> new BoundTest(bound, errorShare, inferred * bound.family()));
    }

    /** Returns the smallest number of iterations at which the bound can PASS: if none is slower than its limit. */
    public static long iterationsRequired(LatencyBound bound) {
        return new BoundTest(bound, 1, 1).iterationsRequired();
    }
}
