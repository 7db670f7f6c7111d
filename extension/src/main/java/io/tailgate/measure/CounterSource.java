/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.machine.CounterReader;
import io.tailgate.measure.Measurement.Scope;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one scope, or none.
 *
 * @param ownSwitches voluntary context switches of this library's own threads, which are not the body's
 */
record CounterSource(@Nullable CounterReader reader, Scope scope, LongSupplier ownSwitches) {

    private static final int WARM = 50;
    private static final int TIMED = 101;

    static final CounterSource NONE = new CounterSource(null, Scope.THREAD);

    CounterSource(@Nullable CounterReader reader, Scope scope) {
        this(reader, scope, () -> 0);
    }

    boolean counts() {
        return reader != null;
    }

    /** Writes the totals; does nothing where there are none. */
    void read(long[] totals) {
        if (reader == null) {
            return;
        }
        if (scope == Scope.PROCESS) {
            reader.readProcess(totals, 0);
            totals[CounterReader.VOLUNTARY_SWITCHES] -= ownSwitches.getAsLong();
        } else {
            reader.readThread(totals, 0);
        }
    }

    /** Returns the minor faults so far; 0 where there are no counters. */
    long minorFaults() {
        long[] totals = new long[CounterReader.FIELDS];
        read(totals);
        return totals[CounterReader.MINOR_FAULTS];
    }

    /** Returns what one read costs on this host: the median of a few, so that a preempted one does not count. */
    long costNs(NanoClock clock) {
        long[] totals = new long[CounterReader.FIELDS];
        long[] cost = new long[WARM + TIMED];
        for (int i = 0; i < cost.length; i++) {
            long start = clock.nanoTime();
            read(totals);
            cost[i] = clock.nanoTime() - start;
        }
        return Medians.of(Arrays.copyOfRange(cost, WARM, cost.length));
    }
}
