/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The result of a run, as Markdown. */
final class ChaosTable {

    private final Tally tally;

    ChaosTable(Tally tally) {
        this.tally = tally;
    }

    String render(String heading, Duration elapsed) {
        int restored = Arrays.stream(Ending.values())
                .filter(Ending::isRestored)
                .mapToInt(tally::count)
                .sum();
        return String.format("# Chaos: %s%n%n", heading)
                + String.format("| | |%n|---|---|%n")
                + row("faults injected", tally.faults())
                + row("violations", tally.violations().size())
                + row("faults after which the setting had to come back, and did", restored)
                + Arrays.stream(Ending.values())
                        .map(ending -> row(ending.words, tally.count(ending)))
                        .collect(Collectors.joining())
                + String.format("| kill -9 of the JVM to the setting being back | %s |%n", tally.restoredAfter())
                + String.format("| time | %d s |%n%n", elapsed.toSeconds())
                + byPlace()
                + byKind()
                + tally.violations().stream()
                        .map(violation -> String.format("%n    %s%n", violation))
                        .collect(Collectors.joining());
    }

    private static String row(String name, int count) {
        return String.format("| %s | %,d |%n", name, count);
    }

    private String byPlace() {
        StringBuilder table =
                new StringBuilder(String.format("| JVM killed with its warden at | setting back after |%n|---|---|%n"));
        tally.restoredAfterAt()
                .forEach((place, latencies) -> table.append(String.format("| %s | %s |%n", place, latencies)));
        return table.append(String.format("%n")).toString();
    }

    private String byKind() {
        StringBuilder table = new StringBuilder(String.format("| fault | times | ended well |%n|---|---|---|%n"));
        tally.endings()
                .forEach((kind, endings) -> table.append(String.format(
                        "| %s | %,d | %s |%n",
                        kind,
                        endings.values().stream().mapToInt(Integer::intValue).sum(),
                        words(endings))));
        return table.toString();
    }

    private static String words(Map<Ending, Integer> endings) {
        return endings.entrySet().stream()
                .map(ending -> String.format("%,d %s", ending.getValue(), ending.getKey().words))
                .collect(Collectors.joining(", "));
    }
}
