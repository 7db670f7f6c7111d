/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The overview as a page that links each test's report. */
final class IndexPage {

    private static final List<String> HEADS = List.of(
            "test", "verdict", "n", "p50", "p99", "max", "bound: observed (interval), limit", "protection, top cause");

    private IndexPage() {}

    static String render(List<OverviewRow> rows) {
        return Page.render(
                "Tail latency",
                Markup.tag("h1", Markup.text("Tail latency")),
                Markup.styled("p", "soft", Markup.text(SummaryTable.tally(rows))),
                Markup.tag(
                        "section",
                        Markup.table(HEADS, rows.stream().map(IndexPage::cells).toList())));
    }

    private static List<Markup> cells(OverviewRow row) {
        List<Markup> cells = new ArrayList<>();
        cells.add(test(row));
        cells.add(Page.badge(row.verdict()));
        cells.addAll(tight(row.n(), row.p50(), row.p99(), row.max()));
        cells.add(Markup.all(row.bounds().stream()
                .map(bound -> Markup.tag("div", Markup.text(bound)))
                .toList()));
        cells.add(lines(Stream.of(row.tier(), row.cause())));
        return cells;
    }

    private static Markup lines(Stream<String> lines) {
        return Markup.all(lines.map(line -> Markup.styled("div", "tight", Markup.text(line)))
                .toList());
    }

    private static Markup test(OverviewRow row) {
        Markup name = row.page() == null ? Markup.text(row.test()) : Markup.link(row.page(), row.test());
        return Markup.all(Markup.styled("div", "name", name), Markup.styled("div", "soft", Markup.text(row.ended())));
    }

    private static List<Markup> tight(String... texts) {
        return List.of(texts).stream()
                .map(text -> Markup.styled("span", "tight", Markup.text(text)))
                .toList();
    }
}
