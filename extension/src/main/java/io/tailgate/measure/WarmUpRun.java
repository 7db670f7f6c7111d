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
    private static final int BATCH = 4_096; // bounds the memory

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
        return exactly(plan.warmup(), recorder, faults);
    }

    private static WarmUp exactly(int iterations, Recorder recorder, CounterSource faults) throws Throwable {
        int atTheEnd = Math.min(BATCH, (iterations + 1) / 2);
        for (int left = iterations - atTheEnd; left > 0; left -= BATCH) {
            int batch = Math.min(BATCH, left);
            recorder.run(Recording.ofExactly(batch, false), Until.iterations(batch), Progress.NONE);
        }
        Pass last = pass(Recording.ofExactly(atTheEnd, false), recorder, Until.iterations(atTheEnd), faults);
        return new WarmUp(
                iterations,
                true,
                String.format(Locale.ROOT, "%,d iterations, as asked", iterations),
                last.medianNs(),
                last.isSettled());
    }

    /** Runs one caller's iterations and counts the faults of the process meanwhile. */
    static Pass pass(Recording recording, Recorder recorder, Until until, CounterSource faults) throws Throwable {
        long before = faults.minorFaults();
        recorder.run(recording, until, Progress.NONE);
        double grown = faults.minorFaults() - before;
        int n = recording.iterations();
        return new Pass(n, Medians.of(recording.latencyNs()), grown / Math.max(1, n));
    }

    /** Sums up what all callers did: steady when each was; words and median of the slowest. */
    static WarmUp together(List<WarmUp> callers) {
        WarmUp slowest = callers.get(0);
        long iterations = 0;
        boolean steady = true;
        boolean settled = true;
        for (WarmUp caller : callers) {
            iterations += caller.iterations();
            steady &= caller.steady();
            settled &= caller.settled();
            boolean tellsMore =
                    caller.steady() == slowest.steady() ? caller.medianNs() > slowest.medianNs() : !caller.steady();
            slowest = tellsMore ? caller : slowest;
        }
        String words = callers.size() == 1
                ? slowest.description()
                : callers.size() + " callers, the slowest: " + slowest.description();
        return new WarmUp(iterations, steady, words, slowest.medianNs(), settled);
    }
}
