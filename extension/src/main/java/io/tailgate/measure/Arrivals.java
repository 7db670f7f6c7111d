/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.plan.ArrivalRate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One caller's iterations of an open loop: when each is intended to start, when it did, and what it took.
 *
 * <p>All callers have one schedule, dealt out in turn. Its beginning is common to them, shortly after the first of them
 * asked for it, and is never moved.
 */
final class Arrivals {

    /** So long after the first caller came the schedule begins: until then the others have come, too. */
    static final long LEAD_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Schedule schedule;
    private final AtomicReference<@Nullable Long> beginning;
    private final int callers;
    private final NanoClock clock;
    private final Waiting waiting;
    private final long[] serviceNs;
    private final long[] lagNs;

    private int done;
    private long beginningNs;
    private long dueNs;
    private long freeNs;

    /**
     * Prepares the arrivals of a caller.
     *
     * @param caller its number, from 0
     * @param most how many of them there are
     * @param beginning of the schedule, empty until one of the callers begins
     */
    Arrivals(
            ArrivalRate rate,
            int caller,
            int callers,
            int most,
            AtomicReference<@Nullable Long> beginning,
            NanoClock clock,
            Waiting waiting) {
        this.schedule = new Schedule(rate);
        this.beginning = beginning;
        this.callers = callers;
        this.clock = clock;
        this.waiting = waiting;
        this.serviceNs = new long[most];
        this.lagNs = new long[most];
        schedule.skip(caller);
    }

    /** Makes the calling thread the one whose arrivals these are. */
    void begin() {
        beginning.compareAndSet(null, clock.nanoTime() + LEAD_NS);
        Long common = beginning.get();
        beginningNs = common == null ? clock.nanoTime() : common;
        freeNs = beginningNs;
        dueNs = beginningNs + schedule.nextNs();
    }

    /** Returns how long it is until the next one is due; negative where it is late. */
    long aheadNs() {
        return dueNs - clock.nanoTime();
    }

    /** Waits until just before the next one is due; returns whether there was time to. */
    boolean park() throws InterruptedException {
        return waiting.park(dueNs);
    }

    /** Waits for the rest. */
    void spin() {
        waiting.spin(dueNs);
    }

    /** Returns when the next one is due. */
    long dueNs() {
        return dueNs;
    }

    /** Notes an iteration, and that the next one is due; returns its response time. */
    long ran(long startNs, long endNs) {
        long response = endNs - dueNs;
        long free = Math.max(freeNs - dueNs, 0); // after the intended start
        serviceNs[done] = endNs - startNs;
        lagNs[done++] = startNs - dueNs - free;
        freeNs = endNs;
        dueNs = beginningNs + nextNs();
        return response;
    }

    private long nextNs() {
        schedule.skip(callers - 1);
        return schedule.nextNs();
    }

    int planned() {
        return serviceNs.length;
    }

    int done() {
        return done;
    }

    long serviceNs(int number) {
        return serviceNs[number];
    }

    long lagNs(int number) {
        return lagNs[number];
    }
}
