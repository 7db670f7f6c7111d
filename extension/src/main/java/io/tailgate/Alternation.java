/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.measure.Body;
import io.tailgate.plan.LatencyBound;
import io.tailgate.report.Pairs;
import io.tailgate.verdict.PairedTest;
import io.tailgate.verdict.Verdict;
import java.util.Arrays;
import java.util.List;

/**
 * Two bodies as one: in each two calls both run once, in an order that a seed decides anew for each pair.
 *
 * <p>So whatever drifts or disturbs falls on both alike, and a period in the machine's noise favours neither. A call's
 * side follows from its number; there is nothing to record.
 */
final class Alternation implements Body {

    private final Body baseline;
    private final Body candidate;
    private final long seed;
    private long calls;

    Alternation(Body baseline, Body candidate, long seed) {
        this.baseline = baseline;
        this.candidate = candidate;
        this.seed = seed;
    }

    @Override
    public void run() throws Throwable {
        if (isCandidate(calls++)) { // two places to call from, so that a compiler knows each by its one target
            candidate.run();
        } else {
            baseline.run();
        }
    }

    /** A pair: single iterations of two bodies would have the median of neither, and look unsteady for ever. */
    @Override
    public Body warmUp() {
        return () -> {
            run();
            run();
        };
    }

    boolean isCandidate(long call) {
        long mixed = (seed + (call >>> 1)) * 0x9E3779B97F4A7C15L; // SplittableRandom's, one bit of it
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return ((mixed >>> 63) ^ (call & 1)) == 0;
    }

    /** Judges the last calls, as many as there are latencies, as what they were. */
    Verdict judge(long[] latencyNsInOrder, List<LatencyBound> bounds, double errorShare) {
        Pairs pairs = pairs(latencyNsInOrder);
        return PairedTest.judge(pairs.baselineNs(), pairs.candidateNs(), bounds, errorShare);
    }

    /** Returns the last calls' latencies by side. */
    Pairs pairs(long[] latencyNsInOrder) {
        return new Pairs(seed, side(latencyNsInOrder, false), side(latencyNsInOrder, true));
    }

    private long[] side(long[] latencyNs, boolean candidates) {
        long first = calls - latencyNs.length;
        long[] side = new long[latencyNs.length];
        int size = 0;
        for (int i = 0; i < latencyNs.length; i++) {
            if (isCandidate(first + i) == candidates) {
                side[size++] = latencyNs[i];
            }
        }
        return Arrays.copyOf(side, size);
    }
}
