/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.plan.ArrivalRate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntToLongFunction;

/**
 * What an open loop knows beside its response times, iteration by iteration in the order in which they were intended to
 * start.
 *
 * @param rate as asked for
 * @param serviceNs from the start of an iteration to its end
 * @param lagNs how late the generator was: from when the iteration could have begun, because it was due and its caller
 *     free, to when it did
 * @param ranByCaller how many iterations each caller ran
 * @param notRun iterations that were due and not run, because the time for the backlog was over
 */
@SuppressWarnings("ArrayRecordComponent") // millions of values; handed on, never compared
public record OpenLoop(ArrivalRate rate, long[] serviceNs, long[] lagNs, int[] ranByCaller, int notRun) {

    private static final long LEAST_DELAY_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final double DELAYED_GAPS = 0.1;

    static OpenLoop of(ArrivalRate rate, List<Arrivals> callers) {
        int[] ran = callers.stream().mapToInt(Arrivals::done).toArray();
        int n = Arrays.stream(ran).sum();
        OpenLoop all = new OpenLoop(
                rate,
                new long[n],
                new long[n],
                ran,
                callers.stream().mapToInt(Arrivals::planned).sum() - n);
        all.inOrder((at, caller, number, dueNs) -> {
            all.serviceNs[at] = callers.get(caller).serviceNs(number);
            all.lagNs[at] = callers.get(caller).lagNs(number);
        });
        return all;
    }

    /** Returns how long a run may take: what is due in the time for measuring is run, within twice that time. */
    static long mostNs(Duration atMost) {
        long ns = Nanos.of(atMost);
        return ns > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * ns;
    }

    public int iterations() {
        return serviceNs.length;
    }

    /** Returns the share of the callers' time that the body needs at this rate; from 1 on they fall ever further behind. */
    public double utilisation() {
        return Arrays.stream(serviceNs).average().orElse(0) / (rate.gapNs() * ranByCaller.length);
    }

    /** Returns from which delay on an iteration counts as delayed: a tenth of the mean gap, 100 us at least. */
    public long delayedFromNs() {
        return Math.max(LEAST_DELAY_NS, Math.round(DELAYED_GAPS * rate.gapNs()));
    }

    /** Returns how many iterations began so much later than intended. */
    public int delayed(long[] responseNs) {
        int delayed = 0;
        for (int i = 0; i < responseNs.length; i++) {
            delayed += responseNs[i] - serviceNs[i] >= delayedFromNs() ? 1 : 0;
        }
        return delayed;
    }

    /**
     * Returns the response times of the same iterations with a generator that is never late: each begins when it is due
     * and its caller is free.
     *
     * @param ownLagNs the lag of an iteration that stays, because the body caused it
     * @param serviceNs what each iteration takes
     */
    public long[] promptNs(IntToLongFunction ownLagNs, long[] serviceNs) {
        long[] prompt = new long[iterations()];
        long[] freeNs = new long[ranByCaller.length];
        inOrder((at, caller, number, dueNs) -> {
            long start = Math.max(dueNs, freeNs[caller]) + ownLagNs.applyAsLong(at);
            freeNs[caller] = start + serviceNs[at];
            prompt[at] = freeNs[caller] - dueNs;
        });
        return prompt;
    }

    @FunctionalInterface
    private interface Visitor {
        void visit(int at, int caller, int number, long dueNs);
    }

    /** Visits the iterations in the order of their intended starts; callers that ended early have no more. */
    private void inOrder(Visitor visitor) {
        Schedule schedule = new Schedule(rate);
        int at = 0;
        for (long arrival = 0; at < iterations(); arrival++) {
            int caller = (int) (arrival % ranByCaller.length);
            int number = (int) (arrival / ranByCaller.length);
            long dueNs = schedule.nextNs();
            if (number < ranByCaller[caller]) {
                visitor.visit(at++, caller, number, dueNs);
            }
        }
    }
}
