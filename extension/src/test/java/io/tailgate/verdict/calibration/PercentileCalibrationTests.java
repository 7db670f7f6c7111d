/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict.calibration;

import static io.tailgate.verdict.Outcome.FAIL;
import static io.tailgate.verdict.Outcome.PASS;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Other percentiles than p99, several at once, and {@code burst = 1}. */
class PercentileCalibrationTests {

    private static final int SLOW = 3;

    @Test
    void otherPercentilesKeepTheirErrors() {
        Surface surface = new Surface(
                "The true share is the allowed one: other percentiles and tolerances (PASS / FAIL / INCONCLUSIVE)",
                "percentile",
                "confidence",
                "n",
                "burst",
                "mean burst",
                "P");
        for (double confidence : Effort.WHOLE ? new double[] {0.95, 0.99} : new double[] {0.95}) {
            for (int length : new int[] {1, 3, 20}) {
                row(surface, 90, confidence, 300, 3, length);
                row(surface, 95, confidence, 1_000, 3, length);
                row(surface, 99.5, confidence, 1_000, 3, length);
                row(surface, 99, confidence, 300, 1, length);
                row(surface, 99, confidence, 1_000, 1, length);
                if (Effort.WHOLE) {
                    row(surface, 99, confidence, 10_000, 1, length);
                    row(surface, 99.9, confidence, 10_000, 3, length);
                    row(surface, 99.9, confidence, 3_000, 1, length);
                }
            }
        }
        surface.close("other-percentiles");
    }

    private static void row(Surface surface, double percentile, double confidence, int n, int burst, int length) {
        double q = (100 - percentile) / 100;
        Simulation truth = new Simulation(Dependence.bursts(length), Shape.UNIFORM, n, q);
        Answers answers = truth.judged(
                Effort.of(200, 2_000), List.of(new LatencyBound(percentile, truth.time(), confidence, burst)));
        surface.row(percentile, confidence, n, burst, length, answers);
        surface.promise(
                answers.keepsAtMost(FAIL, 1 - confidence),
                "false FAIL at most %.2f: p%s, n = %d, bursts of %d: %s",
                1 - confidence,
                percentile,
                n,
                length,
                answers);
        surface.promise(
                length > burst || answers.keepsAtMost(PASS, 1 - confidence),
                "false PASS at most %.2f: p%s, n = %d, bursts of %d: %s",
                1 - confidence,
                percentile,
                n,
                length,
                answers);
    }

    @Test
    void severalBoundsTogetherFailNoMoreOftenThanOne() {
        Surface surface = new Surface(
                "Three bounds, each at its limit: p90, p99 and p99.9, burst = 3 (PASS / FAIL / INCONCLUSIVE)",
                "confidence",
                "n",
                "mean burst",
                "P");
        for (double confidence : new double[] {0.95, 0.99}) {
            for (int length : new int[] {1, SLOW, 20}) {
                Simulation truth = new Simulation(Dependence.bursts(length), Shape.UNIFORM, 3_000, 0.01);
                Answers answers = truth.judged(Effort.of(60, 2_000), three(confidence));
                surface.row(confidence, truth.n(), length, answers);
                surface.promise(
                        answers.keepsAtMost(FAIL, 1 - confidence),
                        "false FAIL of any at most %.2f: bursts of %d: %s",
                        1 - confidence,
                        length,
                        answers);
                surface.promise(
                        length > SLOW || answers.keepsAtMost(PASS, 1 - confidence),
                        "false PASS at most %.2f: bursts of %d: %s",
                        1 - confidence,
                        length,
                        answers);
            }
        }
        surface.close("several-bounds");
    }

    private static List<LatencyBound> three(double confidence) {
        return List.of(90.0, 99.0, 99.9).stream()
                .map(percentile -> new LatencyBound(
                        percentile,
                        new Limit.AtMost(Duration.ofNanos(Shape.UNIFORM.at(percentile / 100))),
                        confidence,
                        SLOW))
                .toList();
    }
}
