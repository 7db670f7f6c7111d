/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import java.time.Duration;

/** The attributes of {@code @Sampling} as they were written. */
public record SamplingRequest(int iterations, int warmup, String atMost, String rate, int threads) {

    /** What a test without {@code @Sampling} gets; also the attributes' defaults, which configuration replaces. */
    public static final SamplingRequest DEFAULT = new SamplingRequest(0, SamplingPlan.UNTIL_STEADY, "30 s", "", 1);

    /** What a test runs that asked for a place and for no measurement. */
    public static final SamplingPlan ONCE = new SamplingPlan(1, 0, TimeText.LONGEST, 1);

    private static final int MOST_ITERATIONS = 10_000_000; // some 400 MB of latencies and counters
    private static final int MOST_THREADS = 1_024;

    /**
     * Returns how often the body runs, or throws {@link IllegalArgumentException} naming the attribute or the key that
     * cannot be.
     */
    public SamplingPlan sampling(Settings settings) {
        Setting chosen = chosen(settings, "iterations", iterations, DEFAULT.iterations);
        int count = chosen.within(0, MOST_ITERATIONS);
        int before =
                chosen(settings, "warmup", warmup, DEFAULT.warmup).within(SamplingPlan.UNTIL_STEADY, MOST_ITERATIONS);
        int callers = new Setting("threads", Integer.toString(threads)).within(1, MOST_THREADS);
        return new SamplingPlan(
                count, before, time(settings, count > 0), callers, chosen.name(), ArrivalRate.parse(rate));
    }

    private static Setting chosen(Settings settings, String attribute, int declared, int byDefault) {
        return settings.chosen(
                "tailgate.sampling." + attribute, attribute, Integer.toString(declared), Integer.toString(byDefault));
    }

    /** A fixed number of iterations runs to its end unless somebody chose a time. */
    private Duration time(Settings settings, boolean fixed) {
        Setting chosen = settings.chosen("tailgate.sampling.at-most", "atMost", atMost, DEFAULT.atMost);
        Duration time = TimeText.parse(chosen.name(), chosen.text());
        boolean nobodyChose = chosen.name().equals("atMost") && atMost.equals(DEFAULT.atMost);
        return fixed && nobodyChose ? TimeText.LONGEST : time;
    }
}
