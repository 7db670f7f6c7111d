/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.machine.CounterReader;
import java.util.List;

/** The recordings of all callers as one, in the order in which the iterations started. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Joined(long[] latencyNs, int[] counters, int[] collections, Waits waits) {

    static Joined of(List<Recording> callers) {
        Recording first = callers.get(0);
        if (callers.size() == 1) {
            return of(first);
        }
        return merged(callers.stream()
                .map(caller -> new Column(caller.startNs(), of(caller)))
                .toList());
    }

    /** The latencies and waits alone, of callers that may go on. */
    static Joined latencies(List<Recording> callers) {
        if (callers.size() == 1) {
            return latencies(callers.get(0));
        }
        return merged(callers.stream()
                .map(caller -> new Column(caller.startNs(), latencies(caller)))
                .toList());
    }

    private static Joined latencies(Recording caller) {
        return new Joined(caller.latencyNs(), new int[0], new int[0], caller.waits());
    }

    private static Joined of(Recording caller) {
        return new Joined(caller.latencyNs(), caller.counters(), caller.collections(), caller.waits());
    }

    private static Joined merged(List<Column> callers) {
        int n = callers.stream().mapToInt(Column::size).sum();
        boolean counted = callers.stream().anyMatch(caller -> caller.values.counters.length > 0);
        long[] latencyNs = new long[n];
        int[] counters = new int[counted ? n * CounterReader.FIELDS : 0];
        int[] collections = new int[counted ? n : 0];
        Waits.Log waits = new Waits.Log();
        if (callers.stream().allMatch(caller -> caller.values.waits.known())) {
            waits.known();
        }
        Joined all = new Joined(latencyNs, counters, collections, Waits.UNKNOWN);
        int[] next = new int[callers.size()];
        for (int at = 0; at < n; at++) {
            int earliest = earliest(callers, next);
            Joined values = callers.get(earliest).values;
            long waited = values.waits.of(next[earliest]);
            if (waited > 0) {
                waits.add(at, waited);
            }
            values.copy(next[earliest]++, all, at);
        }
        return new Joined(latencyNs, counters, collections, waits.waits());
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
