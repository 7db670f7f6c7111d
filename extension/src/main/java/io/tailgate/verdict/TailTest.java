/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import io.tailgate.plan.LatencyBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Judges the tail of a fixed number of independent iterations, once.
 *
 * <p>A bound holds when at most the share q = 1 - p/100 of all iterations to come is slower than its limit. Both errors
 * are one-sided and at most 1 - confidence for each bound: to FAIL when it holds, and to PASS when it does not. Between
 * them lies INCONCLUSIVE, an answer of its own. The test is the exact binomial one (Clopper and Pearson, "The use of
 * confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26, 1934; MLPerf's LoadGen stops
 * early by its PASS half); {@link BoundTest} states it, {@link Quantile} the interval that goes with it.
 *
 * <p>Several bounds: a wrong PASS of all needs a wrong PASS of one that is violated, so its error stays that of one
 * (Berger's intersection-union test, 1982). A wrong FAIL has as many chances as there are bounds; a remark says so.
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
        if (latencyNsInOrder.length == 0) {
            throw new IllegalArgumentException("no iteration was measured; measure at least one");
        }
        if (!(errorShare > 0 && errorShare <= 1)) {
            throw new IllegalArgumentException("errorShare = " + errorShare + " is out of range; a look may spend more"
                    + " than nothing and at most 1, the whole error");
        }
        Sample sample = new Sample(latencyNsInOrder);
        List<BoundVerdict> verdicts = bounds.stream()
                .map(bound -> new BoundTest(bound, errorShare).judge(sample))
                .toList();
        Outcome worst = worst(verdicts);
        return new Verdict(worst, verdicts, remarks(worst, bounds));
    }

    /** Returns the smallest number of iterations at which the bound can PASS: if none is slower than its limit. */
    public static long iterationsRequired(LatencyBound bound) {
        return new BoundTest(bound, 1).iterationsRequired();
    }

    private static Outcome worst(List<BoundVerdict> verdicts) {
        List<Outcome> outcomes = verdicts.stream().map(BoundVerdict::outcome).toList();
        if (outcomes.contains(Outcome.FAIL)) {
            return Outcome.FAIL;
        }
        return outcomes.contains(Outcome.INCONCLUSIVE) ? Outcome.INCONCLUSIVE : Outcome.PASS;
    }

    private static List<String> remarks(Outcome outcome, List<LatencyBound> bounds) {
        List<String> remarks = new ArrayList<>();
        if (bounds.isEmpty()) {
            remarks.add("nothing was asked of the tail");
            return remarks;
        }
        boolean inferred = bounds.stream().anyMatch(bound -> bound.percentile() < 100);
        int burst = bounds.stream().mapToInt(LatencyBound::burst).max().orElse(1);
        if (outcome == Outcome.PASS && inferred) {
            remarks.add("the PASS holds for iterations that are slow independently of each other (burst tolerance 1)"
                    + (burst > 1 ? "; burst = " + burst + " was asked for and is not tested yet" : ""));
        }
        if (outcome == Outcome.FAIL && bounds.size() > 1) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "%d bounds were judged, each at its own confidence: the chance of a false FAIL is up to %d times"
                            + " that of one",
                    bounds.size(),
                    bounds.size()));
        }
        return remarks;
    }
}
