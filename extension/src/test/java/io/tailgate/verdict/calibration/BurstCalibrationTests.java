/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict.calibration;

import static io.tailgate.verdict.Outcome.FAIL;
import static io.tailgate.verdict.Outcome.PASS;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import io.tailgate.verdict.BoundVerdict;
import io.tailgate.verdict.TailTest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * p99 against a time, with the default {@code burst}: both errors at the limit, and the power away from it.
 *
 * <p>At the limit a run is as hard as it gets; a lower share only makes a FAIL, a higher one only a PASS less likely.
 */
class BurstCalibrationTests {

    private static final double Q = 0.01;
    private static final int BURST = 3;
    private static final int[] LENGTHS = {1, 2, 3, 5, 10, 20};
    private static final List<Double> CONFIDENCES = List.of(0.95, 0.99);
    private static final String ANSWERS = " (PASS / FAIL / INCONCLUSIVE)";

    /** What the rule before passed at a quarter of the allowed share, n = 10,000, 5 %, by mean length. */
    private static final Map<Integer, Double> CLUSTER_RULE = Map.of(1, 1.00, 3, 0.47, 5, 0.14, 10, 0.09, 20, 0.29);

    @Test
    void bothErrorsAreAtMostNominalAtTheLimit() {
        Surface surface = new Surface(
                "The true share is the allowed one: p99, burst = 3",
                "confidence",
                "n",
                "mean burst",
                "P" + ANSWERS,
                "PASS holds up to");
        for (double confidence : CONFIDENCES) {
            for (int n : Effort.WHOLE ? new int[] {300, 1_000, 3_000, 10_000} : new int[] {300, 1_000}) {
                for (int length : LENGTHS) {
                    errorsAtTheLimit(surface, confidence, n, length);
                }
            }
        }
        surface.close("errors-at-the-limit");
    }

    private static void errorsAtTheLimit(Surface surface, double confidence, int n, int length) {
        double error = 1 - confidence;
        Answers answers = answers(confidence, n, length, 1, Effort.of(500, 4_000));
        double tolerance = tolerance(n, confidence);
        surface.row(confidence, n, length, answers, String.format(Locale.ROOT, "%.1f", tolerance));
        surface.promise(
                answers.keepsAtMost(FAIL, error),
                "false FAIL at most %.2f: n = %d, bursts of %d: %s",
                error,
                n,
                length,
                answers);
        surface.promise(
                tolerance >= (n == 10_000 ? 20 : BURST), "a tolerance of 3, at n = 10,000 of 20: %.1f", tolerance);
        surface.promise(
                length > tolerance || answers.keepsAtMost(PASS, error),
                "false PASS at most %.2f up to bursts of %.1f: n = %d, bursts of %d: %s",
                error,
                tolerance,
                n,
                length,
                answers);
    }

    @Test
    void aQuarterOfTheAllowedSharePasses() {
        Surface surface = new Surface(
                "A quarter of the allowed share is slow: p99, burst = 3",
                "confidence",
                "n",
                "mean burst",
                "P" + ANSWERS,
                "cluster rule");
        for (double confidence : Effort.WHOLE ? CONFIDENCES : List.of(0.95)) {
            for (int n : Effort.WHOLE ? new int[] {1_000, 3_000, 10_000} : new int[] {10_000}) {
                for (int length : LENGTHS) {
                    powerToPass(surface, confidence, n, length);
                }
            }
        }
        surface.close("power-to-pass");
    }

    private static void powerToPass(Surface surface, double confidence, int n, int length) {
        Answers answers = answers(confidence, n, length, 0.25, Effort.of(100, 1_000));
        boolean promised = confidence == 0.95 && n == 10_000;
        Double before = promised ? CLUSTER_RULE.get(length) : null;
        surface.row(confidence, n, length, answers, before == null ? "" : before);
        if (!promised) {
            return;
        }
        surface.promise(
                length != 1 || answers.share(PASS) >= 0.995, "PASS 1.00 at bursts of 1, n = %d: %s", n, answers);
        surface.promise(
                length != 3 || answers.keepsAtLeast(PASS, 0.6), "PASS 0.60 at bursts of 3, n = %d: %s", n, answers);
        surface.promise(
                before == null || before == 1 || answers.share(PASS) > before,
                "PASS more often than the cluster rule, bursts of %d: %s",
                length,
                answers);
    }

    @Test
    void aMultipleOfTheAllowedShareFails() {
        Surface surface = new Surface(
                "More than the allowed share is slow: p99, burst = 3",
                "confidence",
                "n",
                "mean burst",
                "3 times: P" + ANSWERS,
                "5 times: P" + ANSWERS);
        for (double confidence : Effort.WHOLE ? CONFIDENCES : List.of(0.95)) {
            for (int n : Effort.WHOLE ? new int[] {300, 1_000, 3_000, 10_000} : new int[] {1_000, 10_000}) {
                for (int length : LENGTHS) {
                    powerToFail(surface, confidence, n, length);
                }
            }
        }
        surface.close("power-to-fail");
    }

    private static void powerToFail(Surface surface, double confidence, int n, int length) {
        int runs = Effort.of(50, 1_000);
        Answers three = answers(confidence, n, length, 3, runs);
        Answers five = answers(confidence, n, length, 5, runs);
        surface.row(confidence, n, length, three, five);
        surface.promise(
                n != 10_000 || five.keepsAtLeast(FAIL, 0.95),
                "five times is found in 95 %%: n = %d, bursts of %d: %s",
                n,
                length,
                five);
        surface.promise(
                n != 1_000 || length > 1 || three.keepsAtLeast(FAIL, 0.95),
                "three times is found in 95 %%: n = %d, bursts of %d: %s",
                n,
                length,
                three);
    }

    /** The burst length that the PASS of a run without a slow iteration names. */
    private static double tolerance(int n, double confidence) {
        LatencyBound bound = new LatencyBound(99, new Limit.AtMost(Duration.ofNanos(1)), confidence, BURST);
        BoundVerdict verdict =
                TailTest.judge(new long[n], List.of(bound)).bounds().get(0);
        return verdict.bursts().tolerance();
    }

    private static Answers answers(double confidence, int n, int length, double times, int runs) {
        Simulation simulation = new Simulation(Dependence.bursts(length), Shape.UNIFORM, n, times * Q);
        return simulation.judged(runs, List.of(new LatencyBound(99, simulation.time(), confidence, BURST)));
    }
}
