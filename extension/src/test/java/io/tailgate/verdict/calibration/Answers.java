/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict.calibration;

import io.tailgate.verdict.Outcome;
import java.util.Locale;

/** How often a rule gave each of its answers. */
record Answers(int runs, int pass, int fail) {

    /** Beyond the promise by this many standard errors of the simulation, it counts as broken. */
    private static final double ALLOWED = 3;

    static final Answers NONE = new Answers(0, 0, 0);

    static Answers of(Outcome outcome) {
        return new Answers(1, outcome == Outcome.PASS ? 1 : 0, outcome == Outcome.FAIL ? 1 : 0);
    }

    Answers plus(Answers others) {
        return new Answers(runs + others.runs, pass + others.pass, fail + others.fail);
    }

    double share(Outcome outcome) {
        int seen = switch (outcome) {
            case PASS -> pass;
            case FAIL -> fail;
            case INCONCLUSIVE -> runs - pass - fail;
        };
        return (double) seen / runs;
    }

    /** Says whether as few of this answer were seen as where its probability is at most {@code promised}. */
    boolean keepsAtMost(Outcome outcome, double promised) {
        return share(outcome) <= promised + ALLOWED * standardError(promised);
    }

    /** Says whether as many of this answer were seen as where its probability is at least {@code promised}. */
    boolean keepsAtLeast(Outcome outcome, double promised) {
        return share(outcome) >= promised - ALLOWED * standardError(promised);
    }

    private double standardError(double share) {
        return Math.sqrt(share * (1 - share) / runs);
    }

    /** Returns P(PASS), P(FAIL) and P(INCONCLUSIVE). */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.3f / %.3f / %.3f",
                share(Outcome.PASS),
                share(Outcome.FAIL),
                share(Outcome.INCONCLUSIVE));
    }
}
