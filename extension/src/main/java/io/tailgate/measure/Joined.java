/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.machine.CounterReader;
import java.util.List;

/** The recordings of all callers as one, in the order in which the iterations started. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Joined(long[] latencyNs, int[] counters, int[] collections) {

    static Joined of(List<Recording> callers) {
        Recording first = callers.get(0);
        if (callers.size() == 1) {
            return new Joined(first.latencyNs(), first.counters(), first.collections());
        }
        return merged(callers.stream()
                .map(caller -> new Column(
                        caller.startNs(), new Joined(caller.latencyNs(), caller.counters(), caller.collections())))
                .toList());
    }

    private static Joined merged(List<Column> callers) {
        int n = callers.stream().mapToInt(Column::size).sum();
        boolean counted = callers.stream().anyMatch(caller -> caller.values.counters.length > 0);
        Joined all = new Joined(new long[n], new int[counted ? n * CounterReader.FIELDS : 0], new int[counted ? n : 0]);
        int[] next = new int[callers.size()];
        for (int at = 0; at < n; at++) {
            int earliest = earliest(callers, next);
            callers.get(earliest).values.copy(next[earliest]++, all, at);
        }
        return all;
    }

    private static int earliest(List<Column> callers, int[] next) {
        int earliest = -1;
        for (int caller = 0; caller < next.length; caller++) {
            if (next[caller] < callers.get(caller).size()
                    && (earliest < 0 || startsBefore(callers, next, caller, earliest))) {
                earliest = caller;
            }
        }
        return earliest;
    }

    /** By difference, because {@link System#nanoTime()} may overflow. */
    private static boolean startsBefore(List<Column> callers, int[] next, int caller, int other) {
        return callers.get(caller).startNs[next[caller]] - callers.get(other).startNs[next[other]] < 0;
    }

    private void copy(int from, Joined to, int at) {
        to.latencyNs[at] = latencyNs[from];
        if (to.counters.length > 0) {
            System.arraycopy(
                    counters,
                    from * CounterReader.FIELDS,
                    to.counters,
                    at * CounterReader.FIELDS,
                    CounterReader.FIELDS);
            to.collections[at] = collections[from];
        }
    }

    private record Column(long[] startNs, Joined values) {
        int size() {
            return startNs.length;
        }
    }
}
