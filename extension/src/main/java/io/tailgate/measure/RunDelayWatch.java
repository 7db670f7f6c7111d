/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.machine.CounterReader;
import io.tailgate.machine.Machine;
import io.tailgate.machine.RunDelayReader;
import org.jspecify.annotations.Nullable;

/**
 * Watches how long one caller's thread waits for a CPU that others have.
 *
 * <p>A wait ends with a switch, so the kernel is asked only after iterations in which one was counted. Not every wait is
 * a disturbance. What other threads of this process ran meanwhile may be what was waited for, a collection or the body's
 * own workers, and is subtracted; so is, for each time that the body itself gave the CPU up, what waking up may take on a
 * CPU that nobody wants. What remains was behind somebody else.
 */
final class RunDelayWatch implements AutoCloseable {

    /** What being woken may take on an idle CPU of a virtual machine. */
    static final long WAKING_NS = 50_000;

    /** So old at most is what is known of the other threads' CPU time: the older, the less of a wait is left. */
    private static final long FRESH_NS = 1_000_000;

    private static final double NEGLIGIBLE = 0.1;

    private final RunDelayReader delays;
    private final CounterReader counters;
    private final int otherCallers;
    private final long[] totals = new long[CounterReader.FIELDS];

    private long delayNs;
    private long othersNs;
    private long yielded;
    private long freshNs;

    /**
     * Watches the calling thread.
     *
     * @param otherCallers that run beside it, each on a CPU of its own: whatever they use, it was not this one
     */
    RunDelayWatch(RunDelayReader delays, CounterReader counters, int otherCallers) {
        this.delays = delays;
        this.counters = counters;
        this.otherCallers = otherCallers;
    }

    /** Watches the calling thread; returns null where nothing is counted, or the kernel does not count waits. */
    static @Nullable RunDelayWatch open(Machine machine, CounterSource source, int otherCallers) {
        CounterReader counters = source.reader();
        return counters == null
                ? null
                : machine.runDelay()
                        .map(delays -> new RunDelayWatch(delays, counters, otherCallers))
                        .orElse(null);
    }

    /** Begins anew: what was waited so far belongs to no iteration. */
    void start(long nowNs) {
        counters.readThread(totals, 0);
        yielded = totals[CounterReader.VOLUNTARY_SWITCHES];
        refresh(nowNs);
        delayNs = delays.runDelayNs();
    }

    /** Reads the other threads' CPU time anew where it is old; called between iterations in which there was no switch. */
    void keepFresh(long nowNs) {
        if (nowNs - freshNs >= FRESH_NS) {
            refresh(nowNs);
        }
    }

    private void refresh(long nowNs) {
        othersNs = counters.othersCpuNs();
        freshNs = nowNs;
    }

    /** Returns what was waited behind others since the start, 0 if nothing; then is the time to start anew. */
    long waitedNs(long nowNs) {
        long waited = delays.runDelayNs() - delayNs;
        if (waited <= 0) {
            return 0;
        }
        counters.readThread(totals, 0);
        long waking = (totals[CounterReader.VOLUNTARY_SWITCHES] - yielded) * WAKING_NS;
        long elsewhere = otherCallers * (nowNs - freshNs);
        long ownThreads = Math.max(0, counters.othersCpuNs() - othersNs - elsewhere);
        return behindOthers(waited, waking + ownThreads);
    }

    /** Where next to nothing of a wait can have been for the test's own sake, all of it was behind others. */
    private static long behindOthers(long waited, long forItself) {
        return forItself <= NEGLIGIBLE * waited ? waited : Math.max(0, waited - forItself);
    }

    @Override
    public void close() {
        delays.close();
    }
}
