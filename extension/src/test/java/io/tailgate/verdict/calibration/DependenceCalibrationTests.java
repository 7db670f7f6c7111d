/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict.calibration;

import static io.tailgate.verdict.Outcome.FAIL;

import io.tailgate.plan.LatencyBound;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rule's model does not cover: iterations that follow one another in other ways than geometric bursts. */
class DependenceCalibrationTests {

    private static final double Q = 0.01;
    private static final double CONFIDENCE = 0.95;
    private static final List<Dependence> OTHERS = List.of(
            Dependence.burstsOfExactly(5),
            Dependence.burstsOfExactly(20),
            Dependence.DRIFT,
            Dependence.periods(100, 0.3),
            Dependence.periods(100, 0.1),
            Dependence.periods(300, 0.2));

    @Test
    void otherDependencesThanTheModelsAreShown() {
        Surface surface = new Surface(
                "Other dependences than the rule's model: p99, burst = 3, confidence 0.95 (PASS / FAIL / INCONCLUSIVE)",
                "n",
                "iterations",
                "a quarter of the allowed share",
                "the allowed share",
                "five times");
        for (int n : Effort.WHOLE ? new int[] {1_000, 3_000, 10_000} : new int[] {1_000}) {
            for (Dependence dependence : OTHERS) {
                row(surface, n, dependence);
            }
        }
        surface.close("other-dependences");
    }

    private static void row(Surface surface, int n, Dependence dependence) {
        Answers atLimit = answers(dependence, n, 1);
        surface.row(n, dependence, answers(dependence, n, 0.25), atLimit, answers(dependence, n, 5));
        boolean promised = !dependence.name().startsWith("periods");
        surface.promise(
                !promised || atLimit.keepsAtMost(FAIL, 1 - CONFIDENCE),
                "false FAIL at most 0.05: n = %d, %s: %s",
                n,
                dependence,
                atLimit);
    }

    private static Answers answers(Dependence dependence, int n, double times) {
        Simulation simulation = new Simulation(dependence, Shape.UNIFORM, n, times * Q);
        return simulation.judged(Effort.of(60, 1_000), List.of(new LatencyBound(99, simulation.time(), CONFIDENCE, 3)));
    }
}
