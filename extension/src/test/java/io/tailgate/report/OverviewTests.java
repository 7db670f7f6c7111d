/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import io.tailgate.plan.TestName;
import io.tailgate.verdict.BoundVerdict;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.Verdict;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class OverviewTests {

    private static OverviewRow row(String test, Outcome outcome) {
        TestName name = new TestName("com.acme.T", test, test);
        TestReport report = Invented.report(name, Invented.bursts(), outcome);
        return OverviewRow.parse(
                "com.acme.T/" + test + ".json", JsonReport.render(report, LatencyFigures.of(report.measured())));
    }

    @Test
    void readsWhatAReportSays() {
        assertThat(row("lookup", Outcome.FAIL))
                .isEqualTo(new OverviewRow(
                        "com.acme.T.lookup",
                        "FAIL",
                        "2,000",
                        "250 us",
                        "1.11 ms",
                        "1.11 ms",
                        List.of("p99 1.12 ms (1.05-1.31 ms), limit 3.00 x median (750 us)"),
                        "OBSERVE_ONLY",
                        "NUMA_BALANCING 85 %",
                        "2026-07-14 03:33 UTC",
                        "com.acme.T/lookup.html",
                        1 - 0.99));
    }

    @Test
    void tellsADisturbanceBeforeTheBounds() {
        TestReport report = Invented.disturbedReport("CPUs 3 went offline");
        String json = JsonReport.render(report, LatencyFigures.of(report.measured()));

        assertThat(OverviewRow.parse("a.json", json).bounds()).hasSize(2).startsWith("disturbed: CPUs 3 went offline");
    }

    @Test
    void leavesAnIntervalWithoutAnUpperEndOpen() {
        assertThat(row("lookup", Outcome.INCONCLUSIVE).bounds())
                .containsExactly("p99 740 us (580 us or more), limit 3.00 x median (750 us)");
    }

    @Test
    void showsAReportThatItCannotReadRatherThanAGap() {
        for (String broken : List.of("", "{\"test\": 1", "[]", "{}", "{\"latencyNs\": {}}")) {
            OverviewRow row = OverviewRow.parse("com.acme.T/broken.json", broken);

            assertThat(row.verdict()).isEqualTo("UNREADABLE");
            assertThat(row.test()).isEqualTo("com.acme.T/broken.json");
            assertThat(row.bounds().get(0)).contains("wanted");
        }
    }

    private static OverviewRow unfinished(String test, Throwable why) {
        TestName name = new TestName("com.acme.T", test, test);
        return OverviewRow.parse(
                "com.acme.T/" + test + ".unfinished.json",
                Unfinished.of(name, why).json());
    }

    @Test
    void saysWhatEndedATestWithoutAVerdict() {
        OverviewRow row = unfinished("lookup", new IllegalStateException("no \"book\"\n  at line 2"));

        assertThat(row.test()).isEqualTo("com.acme.T.lookup");
        assertThat(row.verdict()).isEqualTo("did not finish");
        assertThat(row.bounds()).containsExactly("java.lang.IllegalStateException: no \"book\"");
        assertThat(row.page()).isNull();
        assertThat(unfinished("lookup", new AssertionError()).bounds()).containsExactly("java.lang.AssertionError");
    }

    @Test
    void showsTheStartOfALongMessage() {
        assertThat(unfinished("lookup", new AssertionError("x".repeat(1_000))).bounds())
                .containsExactly("java.lang.AssertionError: " + "x".repeat(300) + " ...");
    }

    @Test
    void countsTheUnfinishedInItsHeadline() {
        List<OverviewRow> rows =
                List.of(unfinished("a", new Error("|")), unfinished("b", new Error("<b>")), row("c", Outcome.PASS));

        assertThat(SummaryTable.render(rows))
                .startsWith("### Tail latency: 2 did not finish, 1 PASS\n")
                .contains("| com.acme.T.a | **did not finish** |  |  |  |  | java.lang.Error: \\| |  |  |\n");
        assertThat(IndexPage.render(rows))
                .contains("2 did not finish, 1 PASS")
                .contains("<span class=\"badge did-not-finish\">did not finish</span>")
                .contains("java.lang.Error: &lt;b&gt;");
    }

    @Test
    void putsTheWorstFirst() {
        Stream<OverviewRow> rows = Stream.of(
                row("b", Outcome.PASS),
                row("a", Outcome.PASS),
                row("d", Outcome.INCONCLUSIVE),
                OverviewRow.parse("e.json", ""),
                unfinished("f", new Error()),
                row("c", Outcome.FAIL));

        assertThat(rows.sorted(OverviewRow.WORST_FIRST).map(OverviewRow::test))
                .containsExactly(
                        "com.acme.T.c", "e.json", "com.acme.T.f", "com.acme.T.d", "com.acme.T.a", "com.acme.T.b");
    }

    @Test
    void makesAMarkdownTableThatNoNameBreaks() {
        assertThat(SummaryTable.render(List.of(row("x|y<b>", Outcome.FAIL), row("z", Outcome.PASS))))
                .startsWith("### Tail latency: 1 FAIL, 1 PASS\n\n| test |")
                .contains("\n| com.acme.T.x\\|y&lt;b> | **FAIL** | 2,000 | 250 us | 1.11 ms | 1.11 ms | "
                        + "p99 1.12 ms (1.05-1.31 ms), limit 3.00 x median (750 us) | OBSERVE\\_ONLY | "
                        + "NUMA\\_BALANCING 85 % |\n");
    }

    @Test
    void tellsTheChanceOfAFalseAlarmAmongSeveralGates() {
        List<OverviewRow> rows = List.of(
                row("a", Outcome.PASS),
                row("b", Outcome.INCONCLUSIVE),
                ofBound("sharing", new LatencyBound(99, new Limit.TimesMedian(3), 0.99, 3, 2)),
                ofBound("maximum", new LatencyBound(100, new Limit.TimesMedian(3), 0.99, 3, 1)));

        assertThat(SummaryTable.render(rows))
                .endsWith("\n3 gated tests; the chance of at least one false FAIL is at most 0.025."
                        + " Set tailgate.family = 3 to share the error of one among them.\n");
        assertThat(SummaryTable.render(rows.subList(0, 1))).doesNotContain("gated");
        assertThat(SummaryTable.render(List.of(rows.get(0), rows.get(3))))
                .as("a maximum is no inference")
                .doesNotContain("gated");
    }

    private static OverviewRow ofBound(String test, LatencyBound bound) {
        BoundVerdict judged = new BoundVerdict(
                bound, 750_000, 612_000, 580_000, 690_000, 4, 2_000, Outcome.PASS, 0, Invented.BURSTS, "few enough");
        TestReport report = Invented.report(
                new TestName("com.acme.T", test, test),
                Invented.bursts(),
                new Verdict(Outcome.PASS, List.of(judged), List.of()));
        return OverviewRow.parse(test + ".json", JsonReport.render(report, LatencyFigures.of(report.measured())));
    }

    @Test
    void linksEachReportFromTheIndex() throws Exception {
        String page = IndexPage.render(List.of(row("a<b>", Outcome.FAIL), OverviewRow.parse("broken.json", "x")));

        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(page.getBytes(UTF_8)));
        assertThat(page)
                .contains("<a href=\"com.acme.T/a&lt;b&gt;.html\">com.acme.T.a&lt;b&gt;</a>")
                .contains("1 FAIL, 1 UNREADABLE");
    }

    @Test
    void saysThatThereIsNothing() {
        assertThat(SummaryTable.render(List.of())).startsWith("### Tail latency: no report\n");
    }
}
