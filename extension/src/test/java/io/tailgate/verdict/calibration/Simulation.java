/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict.calibration;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.TailTest;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Runs with a known truth, each judged once. Seeded: run i of a simulation is the same whatever else runs, and on any
 * number of CPUs.
 *
 * @param share the true share of iterations slower than what the limit stands for
 */
record Simulation(Dependence dependence, Shape shape, int n, double share) {

    private static final long SEED = 2026;

    /** Returns how runs are answered under {@code bounds}. */
    Answers judged(int runs, List<LatencyBound> bounds) {
        return answered(runs, latencies -> TailTest.outcome(latencies, bounds, 1));
    }

    Answers answered(int runs, Function<long[], Outcome> rule) {
        return IntStream.range(0, runs)
                .parallel()
                .mapToObj(run -> Answers.of(rule.apply(latencies(run))))
                .reduce(Answers.NONE, Answers::plus);
    }

    long[] latencies(int run) {
        double[] ranks = new double[n];
        // the seed is scattered first: generators of near seeds may walk the same way, some steps apart
        SplittableRandom random = new SplittableRandom(new SplittableRandom(SEED + run).nextLong());
        dependence.filler().fill(ranks, share, random);
        long[] latencies = new long[n];
        for (int i = 0; i < n; i++) {
            latencies[i] = shape.at(ranks[i]);
        }
        return latencies;
    }

    /** Returns the least time that no more than {@link #share} of all iterations exceeds. */
    Limit time() {
        return new Limit.AtMost(Duration.ofNanos(shape.at(1 - share)));
    }

    /** Returns a time that more than {@link #share}, if only by a hair, exceeds. */
    Limit timeJustBelow() {
        return new Limit.AtMost(Duration.ofNanos(shape.at(1 - share) - 1));
    }

    /** Returns the multiple of the median at which {@link #share} is slower, times {@code by}. */
    Limit timesMedian(double by) {
        return new Limit.TimesMedian(by * shape.at(1 - share) / shape.at(0.5));
    }

    /** Returns the multiple of the mean at which {@link #share} is slower, times {@code by}. */
    Limit timesMean(double by) {
        return new Limit.TimesMean(by * shape.at(1 - share) / shape.mean());
    }
}
