/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.plan.ArrivalRate;
import io.tailgate.plan.SamplingPlan;
import java.util.Random;

/**
 * The intended starts of an open loop, one after another, in ns after its beginning.
 *
 * <p>They follow from the rate alone, never from what really happened: a schedule that moved on with a frozen caller would
 * hide the freeze (G. Tene, "How NOT to Measure Latency", 2013). No two are the same, so that they have one order.
 */
final class Schedule {

    private final ArrivalRate rate;
    private final Random random; // its algorithm is specified, so a seed means the same starts on every JVM
    private long number;
    private double elapsedNs;
    private long last = -1;

    Schedule(ArrivalRate rate) {
        this.rate = rate;
        this.random = new Random(rate.seed());
    }

    /** Returns how many iterations are due: as many as were asked for, of those within the time for measuring. */
    static int due(SamplingPlan plan, ArrivalRate rate, int most) {
        Schedule schedule = new Schedule(rate);
        long within = Nanos.of(plan.atMost());
        int due = 1; // the first runs in any case, as in a closed loop
        schedule.nextNs();
        while (due < most && schedule.nextNs() < within) {
            due++;
        }
        return due;
    }

    long nextNs() {
        if (rate.poisson()) {
            elapsedNs -= Math.log1p(-random.nextDouble()) * rate.gapNs();
        } else {
            elapsedNs = number++ * rate.gapNs(); // not summed up, so that nothing adds up
        }
        last = Math.max(last + 1, Math.round(elapsedNs));
        return last;
    }

    /** Passes over the intended starts of others. */
    void skip(int starts) {
        for (int i = 0; i < starts; i++) {
            nextNs();
        }
    }
}
