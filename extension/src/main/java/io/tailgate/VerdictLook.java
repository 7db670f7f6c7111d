/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.measure.Look;
import io.tailgate.measure.Stopping;
import io.tailgate.measure.Waits;
import io.tailgate.plan.LatencyBound;
import io.tailgate.verdict.EarlyVerdict;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a run when its bounds are sure to be kept, or sure to be broken also without what its iterations waited. */
record VerdictLook(List<LatencyBound> bounds) implements Look {

    /** Returns a look at a run with these bounds, or null where nothing can be sure before its end. */
    static @Nullable Look at(List<LatencyBound> bounds) {
        return EarlyVerdict.isPossible(bounds) ? new VerdictLook(bounds) : null;
    }

    @Override
    public boolean isSure(long[] latencyNsInOrder, Waits waits) {
        Outcome outcome = EarlyVerdict.of(latencyNsInOrder, bounds);
        return outcome == Outcome.PASS
                || (outcome == Outcome.FAIL && (waits.disturbed() == 0 || standsWithout(waits, latencyNsInOrder)));
    }

    private boolean standsWithout(Waits waits, long[] latencyNs) {
        return EarlyVerdict.of(waits.takenOff(latencyNs), bounds) == Outcome.FAIL;
    }

    @Override
    public double errorShare() {
        return EarlyVerdict.ERROR_SHARE;
    }

    /**
     * Judges the whole run. One that was ended by a look, with what its callers did until they heard of it, has the verdict
     * of one judgement if the evidence still says the same, and otherwise the share that the looks left.
     */
    static Verdict judge(long[] latencyNs, List<LatencyBound> bounds, Stopping stopping, GuardedRun.Judge judge) {
        if (!stopping.sure()) {
            return judge.judge(latencyNs, bounds, stopping.errorShare());
        }
        boolean agreed = EarlyVerdict.of(latencyNs, bounds) != Outcome.INCONCLUSIVE;
        return judge.judge(latencyNs, bounds, agreed ? 1 : 1 - stopping.errorShare());
    }
}
