/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.measure.Measurement.WarmUp;
import io.tailgate.plan.SamplingPlan;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The unmeasured iterations before the measurement: a fixed number, or until {@link SteadyState}. */
final class WarmUpRun {

    private static final long MOST_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int SHARE = 3;
    private static final int BATCH = 4_096; // of which the last one's median is known; bounds the memory

    private final SamplingPlan plan;
    private final NanoClock clock;
    private final AtomicInteger unsteadyCallers;

    WarmUpRun(SamplingPlan plan, NanoClock clock) {
        this.plan = plan;
        this.clock = clock;
        this.unsteadyCallers = new AtomicInteger(plan.threads());
    }

    /** Runs one caller's share. */
    WarmUp of(Recorder recorder, CounterSource faults) throws Throwable {
        if (plan.warmup() == SamplingPlan.UNTIL_STEADY) {
            long budgetNs = Math.min(MOST_NS, Nanos.of(plan.atMost()) / SHARE);
            return new SteadyState(recorder, faults, clock, budgetNs, unsteadyCallers).reach();
        }
        return exactly(plan.warmup(), recorder);
    }

    private static WarmUp exactly(int iterations, Recorder recorder) throws Throwable {
        long medianNs = 0;
        for (int left = iterations; left > 0; left -= BATCH) {
            int batch = Math.min(BATCH, left);
            Recording recording = Recording.ofExactly(batch, false);
            recorder.run(recording, Until.iterations(batch), Progress.NONE);
            medianNs = Medians.of(recording.latencyNs());
        }
        return new WarmUp(
                iterations, true, String.format(Locale.ROOT, "%,d iterations, as asked", iterations), medianNs);
    }

    /** Sums up what all callers did: steady when each was; words and median of the slowest. */
    static WarmUp together(List<WarmUp> callers) {
        WarmUp slowest = callers.get(0);
        long iterations = 0;
        boolean steady = true;
        for (WarmUp caller : callers) {
            iterations += caller.iterations();
            steady &= caller.steady();
            boolean tellsMore =
                    caller.steady() == slowest.steady() ? caller.medianNs() > slowest.medianNs() : !caller.steady();
            slowest = tellsMore ? caller : slowest;
        }
        String words = callers.size() == 1
                ? slowest.description()
                : callers.size() + " callers, the slowest: " + slowest.description();
        return new WarmUp(iterations, steady, words, slowest.medianNs());
    }
}
