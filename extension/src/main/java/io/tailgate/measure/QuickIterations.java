/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.machine.CounterReader;

/**
 * Says after which iterations of one caller the counters need no read.
 *
 * <p>A page fault and a context switch take longer than a system call that only reads. So where no more time went by since
 * the last iteration ended than its shortest and such a read take together, neither was in it nor before it, and whatever
 * the next read shows came after. An iteration that took longer, or had something before it, is read: its growths are its
 * own, as if each had been.
 */
final class QuickIterations {

    /** Enough that a read is no matter; what {@link RunDelayWatch} must keep fresh is then kept so, too. */
    static final int MOST_UNREAD = 63;

    /** A read that takes no more than a tenth of the median is always paid. */
    private static final int PAID = 10;

    /** The most growth that may be seen after quick iterations alone: one interruption while it is read. */
    private static final int MOST_GROWN = 2;

    private final long readNs;
    private long shortestNs;
    private long lastEndNs;
    private int unread;
    private boolean readSince;
    private boolean allQuick;

    private QuickIterations(long shortestNs, long readNs) {
        this.shortestNs = shortestNs;
        this.readNs = readNs;
    }

    /** None is: the counters are read after every iteration. */
    static QuickIterations none() {
        return new QuickIterations(Long.MIN_VALUE, 0);
    }

    /** Decides by the median of the warm-up; where there was none, 0, no iteration counts as quick. */
    static QuickIterations beside(long medianNs, long readNs) {
        boolean dear = medianNs > 0 && readNs * PAID > medianNs;
        return dear ? new QuickIterations(medianNs, readNs) : none();
    }

    /** Begins a run, when the counters have been read. */
    void begin(long nowNs) {
        lastEndNs = nowNs;
        unread = 0;
        readSince = false;
    }

    /** Says whether nothing can have grown in an iteration that just ended, so that its read may wait. */
    boolean mayWait(long startNs, long endNs) {
        shortestNs = Math.min(shortestNs, endNs - startNs);
        long readsNs = readSince ? 2 * readNs : readNs; // one of them after the iteration before
        allQuick = endNs - lastEndNs - readsNs < shortestNs;
        lastEndNs = endNs;
        readSince = false;
        if (allQuick && unread < MOST_UNREAD) {
            unread++;
            return true;
        }
        return false;
    }

    /** Says whether iterations wait for their read. */
    boolean areWaiting() {
        return unread > 0;
    }

    /** Takes note of a read; lets no iteration wait any more if quick ones did have faults or switches after all. */
    void read(long[] before, long[] after) {
        unread = 0;
        readSince = true;
        long grown = 0;
        for (int field = 0; allQuick && field < CounterReader.FIELDS; field++) {
            grown += after[field] - before[field];
        }
        if (grown > MOST_GROWN) {
            shortestNs = Long.MIN_VALUE;
        }
    }
}
