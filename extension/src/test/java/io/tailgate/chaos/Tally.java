/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of the faults; shared by all lanes. */
final class Tally {

    private final Map<String, Map<Ending, Integer>> endings = new TreeMap<>();
    private final Map<String, List<Long>> restoredAfterNs = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private int faults;

    synchronized void ended(String kind, Ending ending) {
        faults++;
        endings.computeIfAbsent(kind, any -> new EnumMap<>(Ending.class)).merge(ending, 1, Integer::sum);
    }

    synchronized void violated(String violation) {
        faults++;
        violations.add(violation);
    }

    /** Time from the kill of a JVM, with its warden at that place, to the setting being back. */
    synchronized void restoredAfter(String place, long nanos) {
        restoredAfterNs.computeIfAbsent(place, any -> new ArrayList<>()).add(nanos);
    }

    synchronized int faults() {
        return faults;
    }

    synchronized int count(Ending ending) {
        return endings.values().stream()
                .mapToInt(counts -> counts.getOrDefault(ending, 0))
                .sum();
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized Map<String, Map<Ending, Integer>> endings() {
        Map<String, Map<Ending, Integer>> copy = new TreeMap<>();
        endings.forEach((kind, counts) -> copy.put(kind, new EnumMap<>(counts)));
        return copy;
    }

    synchronized Map<String, Latencies> restoredAfterAt() {
        Map<String, Latencies> copy = new TreeMap<>();
        restoredAfterNs.forEach((place, nanos) -> copy.put(place, Latencies.of(nanos)));
        return copy;
    }

    synchronized Latencies restoredAfter() {
        return Latencies.of(
                restoredAfterNs.values().stream().flatMap(List::stream).toList());
    }
}
