/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often the body runs.
 *
 * <p>There is one time for both kinds of run. An open-ended one, {@code iterations} 0, lasts as long as
 * {@code atMost}. A fixed number runs to its end unless {@code atMost} passes first; so whoever builds the plan passes a
 * time without end, such as {@link #NO_LIMIT}, where the number was fixed and {@code atMost} was left at its default: the
 * default bounds only a run that nothing else bounds.
 *
 * @param iterations measured iterations over all callers; 0: as many as fit into {@code atMost}
 * @param warmup unmeasured iterations of each caller; {@link #UNTIL_STEADY}: until the latency is steady
 * @param atMost the longest time that measuring may take
 * @param threads callers, each on a CPU of its own
 * @param iterationsName what said {@code iterations}: the attribute, or the configuration key that beat it
 * @param rate at which iterations are due; null: each follows the one before it at once
 */
public record SamplingPlan(
        int iterations,
        int warmup,
        Duration atMost,
        int threads,
        String iterationsName,
        @Nullable ArrivalRate rate) {

    public SamplingPlan(int iterations, int warmup, Duration atMost, int threads, String iterationsName) {
        this(iterations, warmup, atMost, threads, iterationsName, null);
    }

    public SamplingPlan(int iterations, int warmup, Duration atMost, int threads) {
        this(iterations, warmup, atMost, threads, "iterations");
    }

    public static final int UNTIL_STEADY = -1;

    /** Longer than any test: a fixed number of iterations is not cut short. */
    public static final Duration NO_LIMIT = Duration.ofDays(1);
}
