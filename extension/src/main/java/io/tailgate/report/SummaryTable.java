/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The overview as a Markdown table, for the summary page of a CI job. */
final class SummaryTable {

    private static final String HEAD = """
            | test | verdict | n | p50 | p99 | max | bound: observed (interval), limit | protection | top cause |
            |---|---|--:|--:|--:|--:|---|---|---|
            """;

    private SummaryTable() {}

    static String render(List<OverviewRow> rows) {
        return "### Tail latency: " + tally(rows) + "\n\n" + HEAD
                + rows.stream().map(SummaryTable::line).collect(joining()) + family(rows);
    }

    /** The chance of a false alarm somewhere grows with the number of gates (Bonferroni). */
    private static String family(List<OverviewRow> rows) {
        long gated = rows.stream().filter(row -> row.falseFail() > 0).count();
        double chance = rows.stream().mapToDouble(OverviewRow::falseFail).sum();
        return gated < 2
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%n%d gated tests; the chance of at least one false FAIL is at most %.2g. Set tailgate.family = %d"
                                + " to share the error of one among them.%n",
                        gated,
                        Math.min(1, chance),
                        gated);
    }

    /** {@code 1 FAIL, 12 PASS}, in the order of the rows. */
    static String tally(List<OverviewRow> rows) {
        Map<String, Long> counts =
                rows.stream().collect(groupingBy(OverviewRow::verdict, LinkedHashMap::new, counting()));
        return counts.isEmpty()
                ? "no report"
                : counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(joining(", "));
    }

    private static String line(OverviewRow row) {
        String bounds = row.bounds().stream().map(SummaryTable::escaped).collect(joining("<br>"));
        return Stream.of(
                                escaped(row.test()),
                                "**" + row.verdict() + "**",
                                row.n(),
                                row.p50(),
                                row.p99(),
                                row.max(),
                                bounds,
                                escaped(row.tier()),
                                escaped(row.cause()))
                        .collect(joining(" | ", "| ", " |"))
                + "\n";
    }

    /** Keeps a test's name from becoming markup or a column of its own. */
    private static String escaped(String text) {
        return text.replaceAll("([\\\\`*_\\[\\]|~])", "\\\\$1")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replaceAll("\\s+", " ");
    }
}
