/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict.calibration;

import static io.tailgate.verdict.Outcome.FAIL;
import static io.tailgate.verdict.Outcome.PASS;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** p99 against a multiple of the median or mean, on distributions of all kinds: both errors where the bound just holds. */
class RatioCalibrationTests {

    private static final double Q = 0.01;
    private static final double CONFIDENCE = 0.95;

    /** Of either mode, for its phases to be seen: a run of fewer is printed, but nothing is promised of it. */
    private static final int LEAST_PHASES = 40;

    private enum Kind {
        TIME,
        TIMES_MEDIAN,
        TIMES_MEAN;

        Limit thatHolds(Simulation truth) {
            return switch (this) {
                case TIME -> truth.time();
                case TIMES_MEDIAN -> truth.timesMedian(1.0001);
                case TIMES_MEAN -> truth.timesMean(1.0001);
            };
        }

        Limit thatIsExceeded(Simulation truth) {
            return switch (this) {
                case TIME -> truth.timeJustBelow();
                case TIMES_MEDIAN -> truth.timesMedian(0.9999);
                case TIMES_MEAN -> truth.timesMean(0.9999);
            };
        }
    }

    @Test
    void boundsOfEveryKindKeepTheirErrorsOnEveryShape() {
        Surface surface = new Surface(
                "The bound just holds, or just does not: p99, burst = 3, confidence 0.95",
                "limit",
                "shape",
                "iterations",
                "n",
                "P(FAIL), holding",
                "P(PASS), exceeded");
        for (int n : Effort.WHOLE ? new int[] {1_000, 3_000, 10_000} : new int[] {3_000}) {
            for (Shape shape : Shape.values()) {
                for (Kind kind : Kind.values()) {
                    judge(surface, kind, new Simulation(Dependence.NONE, shape, n, Q), true);
                    judge(surface, kind, new Simulation(Dependence.bursts(3), shape, n, Q), true);
                }
            }
            for (int length : new int[] {10, 100}) {
                boolean promised = n * (1 - Shape.LOWER_MODE) >= LEAST_PHASES * length;
                for (Kind kind : Kind.values()) {
                    judge(surface, kind, new Simulation(Dependence.phases(length), Shape.BIMODAL, n, Q), promised);
                }
            }
        }
        surface.close("ratios");
    }

    private static void judge(Surface surface, Kind kind, Simulation truth, boolean promised) {
        int runs = Effort.of(60, 1_000);
        Answers holding = truth.judged(runs, List.of(bound(kind.thatHolds(truth))));
        Answers exceeded = truth.judged(runs, List.of(bound(kind.thatIsExceeded(truth))));
        surface.row(
                kind,
                truth.shape(),
                truth.dependence(),
                truth.n(),
                format(holding.share(FAIL)),
                format(exceeded.share(PASS)));
        if (!promised) {
            return;
        }
        surface.promise(holding.keepsAtMost(FAIL, 1 - CONFIDENCE), "false FAIL at most 0.05: %s of %s", kind, truth);
        surface.promise(exceeded.keepsAtMost(PASS, 1 - CONFIDENCE), "false PASS at most 0.05: %s of %s", kind, truth);
    }

    private static String format(double share) {
        return String.format(Locale.ROOT, "%.3f", share);
    }

    private static LatencyBound bound(Limit limit) {
        return new LatencyBound(99, limit, CONFIDENCE, 3);
    }
}
