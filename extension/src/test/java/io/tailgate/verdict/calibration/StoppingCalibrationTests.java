/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict.calibration;

import static io.tailgate.verdict.Outcome.FAIL;
import static io.tailgate.verdict.Outcome.INCONCLUSIVE;
import static io.tailgate.verdict.Outcome.PASS;

import io.tailgate.plan.LatencyBound;
import io.tailgate.verdict.EarlyVerdict;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.TailTest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Runs that end when their verdict is sure: what they need, and how often they err. */
class StoppingCalibrationTests {

    private static final double Q = 0.01;

    /** How sure runs are to decide, in both ways: at the same errors of both kinds they are compared. */
    private static final double POWER = 0.99;

    private static final double LESS_SURE = 0.95;

    private static final int FIRST_LOOK = 20;
    private static final int LONGEST = 6_000;
    private static final List<Double> CONFIDENCES = List.of(0.95, 0.99);

    @Test
    void stoppingEarlyNeedsAtMostSixtyPercentOfTheFixedRun() {
        Surface surface = new Surface(
                "Until the verdict is sure: p99, burst = 1, independent iterations (PASS / FAIL / INCONCLUSIVE)",
                "confidence",
                "slow, of the allowed share",
                "P at the end",
                "n on average",
                "fixed n as sure (0.99)",
                "ratio",
                "fixed n for 0.95",
                "ratio");
        for (double confidence : Effort.WHOLE ? CONFIDENCES : List.of(0.95)) {
            for (double times : new double[] {0.25, 4}) {
                need(surface, confidence, times);
            }
        }
        surface.close("stopping-need");
    }

    private static void need(Surface surface, double confidence, double times) {
        Simulation truth = new Simulation(Dependence.NONE, Shape.UNIFORM, LONGEST, times * Q);
        List<LatencyBound> bounds = List.of(new LatencyBound(99, truth.time(), confidence, 1));
        LongAdder iterations = new LongAdder();
        int runs = Effort.of(100, 1_000);
        Answers answers = truth.answered(runs, latencies -> untilSure(latencies, bounds, iterations));
        int fixed = fixedN(bounds, times, times > 1 ? FAIL : PASS, POWER);
        int lessSure = fixedN(bounds, times, times > 1 ? FAIL : PASS, LESS_SURE);
        double mean = (double) iterations.sum() / runs;
        double ratio = mean / fixed;
        surface.row(
                confidence,
                times,
                answers,
                String.format(Locale.ROOT, "%.0f", mean),
                fixed,
                String.format(Locale.ROOT, "%.2f", ratio),
                lessSure,
                String.format(Locale.ROOT, "%.2f", mean / lessSure));
        surface.promise(ratio <= 0.6, "at most 60 %% of %d, at %s times the share: %.0f", fixed, times, mean);
        surface.promise(
                !Effort.WHOLE || mean <= 0.6 * lessSure, // a part of the runs is too few to tell
                "at most 60 %% of %d, at %s times the share: %.0f",
                lessSure,
                times,
                mean);
        surface.promise(answers.keepsAtLeast(times > 1 ? FAIL : PASS, POWER), "as sure as the fixed run: %s", answers);
    }

    /** Returns the least n, to 2 %, at which a run that is judged once is that sure to be answered so. */
    private static int fixedN(List<LatencyBound> bounds, double times, Outcome answer, double power) {
        int n = 100;
        while (powerAt(n, bounds, times, answer) < power) {
            n += n / 50;
        }
        return n;
    }

    private static double powerAt(int n, List<LatencyBound> bounds, double times, Outcome answer) {
        Simulation truth = new Simulation(Dependence.NONE, Shape.UNIFORM, n, times * Q);
        return truth.judged(Effort.of(200, 4_000), bounds).share(answer);
    }

    @Test
    void howeverOftenItLooksItsErrorsAreAtMostNominal() {
        Surface surface = new Surface(
                "Until the verdict is sure, the true share is the allowed one: p99, up to n = 3,000"
                        + " (PASS / FAIL / INCONCLUSIVE)",
                "confidence",
                "burst",
                "mean burst",
                "P at the end");
        for (double confidence : CONFIDENCES) {
            for (int burst : new int[] {1, 3}) {
                for (int length : Effort.WHOLE ? new int[] {1, 3, 10} : new int[] {1, 3}) {
                    errors(surface, confidence, burst, length);
                }
            }
        }
        surface.close("stopping-errors");
    }

    private static void errors(Surface surface, double confidence, int burst, int length) {
        Simulation truth = new Simulation(Dependence.bursts(length), Shape.UNIFORM, LONGEST / 2, Q);
        List<LatencyBound> bounds = List.of(new LatencyBound(99, truth.time(), confidence, burst));
        Answers answers =
                truth.answered(Effort.of(60, 2_000), latencies -> untilSure(latencies, bounds, new LongAdder()));
        surface.row(confidence, burst, length, answers);
        surface.promise(
                answers.keepsAtMost(FAIL, 1 - confidence),
                "false FAIL at most %.2f: burst = %d, bursts of %d: %s",
                1 - confidence,
                burst,
                length,
                answers);
        surface.promise(
                length > burst || answers.keepsAtMost(PASS, 1 - confidence),
                "false PASS at most %.2f: burst = %d, bursts of %d: %s",
                1 - confidence,
                burst,
                length,
                answers);
    }

    /** Looks whenever a twentieth more has run, as a measurement does; at the end it is judged with what is left. */
    private static Outcome untilSure(long[] latencies, List<LatencyBound> bounds, LongAdder iterations) {
        for (int n = FIRST_LOOK; n < latencies.length; n += Math.max(1, n / 20)) {
            Outcome outcome = EarlyVerdict.of(Arrays.copyOf(latencies, n), bounds);
            if (outcome != INCONCLUSIVE) {
                iterations.add(n);
                return outcome;
            }
        }
        iterations.add(latencies.length);
        return TailTest.outcome(latencies, bounds, 1 - EarlyVerdict.ERROR_SHARE);
    }
}
