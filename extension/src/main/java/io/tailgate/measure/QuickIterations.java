/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.machine.CounterReader;

/**
 * Says which iterations of one caller are too quick to pay for a read of the counters.
 *
 * <p>A page fault and a context switch take longer than a system call that only reads. So where an iteration took no longer
 * than the median and such a read together, none of them was in it; what the next read sees fell into an iteration that was
 * slow, or between iterations. The latter is blamed on at most {@link #MOST_UNREAD} iterations later.
 */
final class QuickIterations {

    /** Few enough that growths between iterations seldom meet a slow one, enough that a read is no matter. */
    static final int MOST_UNREAD = 63;

    /** A read that takes no more than a tenth of the median is always paid. */
    private static final int PAID = 10;

    /** The most growth that may be seen after quick iterations alone: one interruption between them. */
    private static final int MOST_GROWN = 2;

    private long belowNs;
    private int unread;
    private boolean allQuick;

    private QuickIterations(long belowNs) {
        this.belowNs = belowNs;
    }

    /** None is: the counters are read after every iteration. */
    static QuickIterations none() {
        return new QuickIterations(Long.MIN_VALUE);
    }

    /** Decides by the median of the warm-up; where there was none, 0, no iteration counts as quick. */
    static QuickIterations beside(long medianNs, long readNs) {
        boolean dear = medianNs > 0 && readNs * PAID > medianNs;
        return dear ? new QuickIterations(medianNs + readNs) : none();
    }

    /** Says whether the counters are to be read after an iteration that took {@code latencyNs}. */
    boolean pays(long latencyNs) {
        boolean quick = latencyNs < belowNs;
        if (quick && unread < MOST_UNREAD) {
            unread++;
            return false;
        }
        allQuick = quick;
        unread = 0;
        return true;
    }

    /** Leaves no iteration out any more if quick ones did have faults or switches after all. */
    void read(long[] before, long[] after) {
        long grown = 0;
        for (int field = 0; allQuick && field < CounterReader.FIELDS; field++) {
            grown += after[field] - before[field];
        }
        if (grown > MOST_GROWN) {
            belowNs = Long.MIN_VALUE;
        }
    }
}
