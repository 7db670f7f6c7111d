/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.measure.Measurement.WarmUp;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Warms up until the latency is steady: until two successive windows agree in their median, within
 * {@value #MEDIAN_PERCENT} %, and in their minor faults.
 *
 * <p>A window lasts at least {@value #WINDOW_ITERATIONS} iterations and 100 ms, the next one twice as long, so that an
 * agreement by chance gets rarer and a JIT compiler that is still at work gets seen. Minor faults count because, after
 * NUMA balancing was switched off, each page that was marked before still faults once: they agree when they differ, an
 * iteration, by no more than one fault or by what takes a hundredth of the median at 1 us each.
 *
 * <p>It fails where a window ends on a plateau: a body that is first compiled well after 300 ms looks steady too early.
 */
final class SteadyState {

    static final int MEDIAN_PERCENT = 5;
    static final int WINDOW_ITERATIONS = 5;

    private static final long FIRST_WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MOST_IN_A_WINDOW = 1_000_000; // bounds the memory for very short bodies

    private final Recorder recorder;
    private final CounterSource faults;
    private final NanoClock clock;
    private final long budgetNs;
    private final AtomicInteger unsteadyCallers;
    private boolean steady;

    /** A caller goes on, as load for the others, until {@code unsteadyCallers} is 0 or one of them fails. */
    SteadyState(
            Recorder recorder, CounterSource faults, NanoClock clock, long budgetNs, AtomicInteger unsteadyCallers) {
        this.recorder = recorder;
        this.faults = faults;
        this.clock = clock;
        this.budgetNs = budgetNs;
        this.unsteadyCallers = unsteadyCallers;
    }

    WarmUp reach() throws Throwable {
        long begin = clock.nanoTime();
        long windowNs = FIRST_WINDOW_NS;
        Pass before = null;
        Pass last = window(windowNs, budgetNs);
        long iterations = last.iterations();
        for (long left = budgetNs - (clock.nanoTime() - begin);
                left > 0 && unsteadyCallers.get() > 0 && !recorder.isStopped(); ) {
            windowNs *= 2;
            before = last;
            last = window(windowNs, left);
            iterations += last.iterations();
            note(agree(before, last));
            left = budgetNs - (clock.nanoTime() - begin);
        }
        return new WarmUp(iterations, steady, describe(before, last, iterations), last.medianNs(), last.isSettled());
    }

    private void note(boolean agreed) {
        if (agreed && !steady) {
            steady = true;
            unsteadyCallers.decrementAndGet();
        }
    }

    private Pass window(long windowNs, long leftNs) throws Throwable {
        Until until = new Until(MOST_IN_A_WINDOW, WINDOW_ITERATIONS, windowNs, leftNs);
        return WarmUpRun.pass(Recording.growing(false), recorder, until, faults);
    }

    private String describe(@Nullable Pass before, Pass last, long iterations) {
        String start = steady
                ? String.format(Locale.ROOT, "steady after %,d iterations", iterations)
                : String.format(Locale.ROOT, "not steady within %.1f s and %,d iterations", budgetNs / 1e9, iterations);
        return start
                + (before == null ? ": too few for two windows" : ": the last two windows' " + compare(before, last))
                + String.format(Locale.ROOT, "; wanted: within %d %% and the same minor faults", MEDIAN_PERCENT);
    }

    private static boolean agree(Pass before, Pass last) {
        double larger = Math.max(last.medianNs(), before.medianNs());
        double faultsAllowed = Math.max(1, Pass.faultsIn(larger));
        return last.iterations() >= WINDOW_ITERATIONS
                && before.iterations() >= WINDOW_ITERATIONS
                && Math.abs(last.medianNs() - before.medianNs()) <= larger * MEDIAN_PERCENT / 100
                && Math.abs(last.faults() - before.faults()) <= faultsAllowed;
    }

    private static String compare(Pass before, Pass last) {
        return String.format(
                Locale.ROOT,
                "medians were %,.1f and %,.1f us (n = %,d and %,d), their minor faults %.1f and %.1f an iteration",
                before.medianNs() / 1e3,
                last.medianNs() / 1e3,
                before.iterations(),
                last.iterations(),
                before.faults(),
                last.faults());
    }
}
