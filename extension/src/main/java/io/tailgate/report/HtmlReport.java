/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.explain.CauseShare;
import io.tailgate.guard.Protection;
import io.tailgate.machine.CounterReader;
import io.tailgate.measure.Measurement;
import io.tailgate.verdict.BoundVerdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as one page. */
final class HtmlReport {

    private static final int SLOWEST = 10;
    private static final int LONGEST_BAR = 140;

    private final TestReport report;
    private final LatencyFigures figures;

    private HtmlReport(TestReport report, LatencyFigures figures) {
        this.report = report;
        this.figures = figures;
    }

    static String render(TestReport report, LatencyFigures figures) {
        HtmlReport page = new HtmlReport(report, figures);
        return Page.render(
                report.verdict().outcome() + " " + report.plan().name(),
                page.head(),
                page.tiles(),
                page.bounds(),
                page.comparison(),
                page.openLoop(),
                page.timeline(),
                page.curve(),
                page.why(),
                page.protection(),
                page.slowest(),
                page.environment());
    }

    private Markup head() {
        Markup title = Markup.tag(
                "h1",
                Page.badge(report.verdict().outcome().name()),
                Markup.text(" " + report.plan().name()));
        List<Markup> parts = new ArrayList<>(List.of(
                title,
                Markup.styled(
                        "p", "soft", Markup.text(Wording.fullName(report.plan().name()) + when()))));
        for (String line : FailureMessage.verdictLines(report)) {
            parts.add(Markup.tag("p", Markup.text(line)));
        }
        for (String remark : report.remarks()) {
            parts.add(Markup.styled("p", "soft", Markup.text("Note: " + remark)));
        }
        parts.add(secondRun());
        return Markup.tag("header", Markup.all(parts));
    }

    private Markup secondRun() {
        SecondRun second = report.confirmation();
        return second == null || second.page() == null
                ? Markup.NOTHING
                : Markup.tag("p", Markup.link(second.page(), "Report of the run in a fresh process"));
    }

    private String when() {
        Measurement measured = report.measured();
        return ", measured " + Instant.ofEpochMilli(measured.startEpochMs()) + " to "
                + Instant.ofEpochMilli(measured.endEpochMs());
    }

    private Markup tiles() {
        return Markup.styled(
                "div",
                "tiles",
                tile("iterations", Durations.count(figures.iterations())),
                tile("median", Durations.format(figures.p50())),
                tile("p90", Durations.format(figures.p90())),
                tile("p99", Durations.format(figures.p99())),
                tile("p99.9", Durations.format(figures.p999())),
                tile("max", Durations.format(figures.max())),
                tile("mean", Durations.format(figures.mean())));
    }

    private static Markup tile(String name, String value) {
        return Markup.styled(
                "div", "tile", Markup.styled("span", "soft", Markup.text(name)), Markup.tag("b", Markup.text(value)));
    }

    private Markup bounds() {
        if (report.verdict().bounds().isEmpty()) {
            return Markup.NOTHING;
        }
        List<String> heads =
                List.of("bound", "verdict", "observed", "interval", "limit", "slower than the limit", "rule");
        return section(
                "Bounds",
                Markup.table(
                        heads,
                        report.verdict().bounds().stream()
                                .map(HtmlReport::boundRow)
                                .toList()));
    }

    private static List<Markup> boundRow(BoundVerdict judged) {
        return List.of(
                Markup.text(Wording.percentile(judged.bound().percentile())),
                Page.badge(judged.outcome().name()),
                tight(Wording.observed(judged)),
                Markup.text(Wording.interval(judged)),
                Markup.text(Wording.limit(judged)),
                Markup.text(Durations.count(judged.exceedances()) + " of " + Durations.count(judged.iterations())),
                Markup.text(judged.reason()));
    }

    private Markup comparison() {
        Pairs pairs = report.pairs();
        if (pairs == null) {
            return Markup.NOTHING;
        }
        return section(
                "Baseline and candidate",
                Markup.tag(
                        "p",
                        Markup.text("Both ran in turn, in an order decided anew for each pair (seed " + pairs.seed()
                                + "); all other figures on this page are of both together.")),
                Markup.table(
                        List.of("body", "n", "median", "p90", "p99", "p99.9", "max", "mean"),
                        List.of(sideRow("baseline", pairs.baselineNs()), sideRow("candidate", pairs.candidateNs()))));
    }

    private static List<Markup> sideRow(String name, long[] latencyNs) {
        LatencyFigures side = LatencyFigures.of(latencyNs);
        return List.of(
                Markup.text(name),
                Markup.text(Durations.count(side.iterations())),
                tight(Durations.format(side.p50())),
                tight(Durations.format(side.p90())),
                tight(Durations.format(side.p99())),
                tight(Durations.format(side.p999())),
                tight(Durations.format(side.max())),
                tight(Durations.format(side.mean())));
    }

    private Markup openLoop() {
        List<String> heads = List.of("time", "n", "p50", "p90", "p99", "p99.9", "max");
        return OpenLoopFigures.of(report.measured())
                .map(figures -> section(
                        "Open loop",
                        Markup.tag("p", Markup.text(figures.summary() + ".")),
                        Markup.table(
                                heads,
                                figures.rows().stream()
                                        .map(row -> texts(row.toArray(String[]::new)))
                                        .toList())))
                .orElse(Markup.NOTHING);
    }

    private Markup timeline() {
        return section("Latency and minor faults, iteration by iteration", TimelineChart.draw(report, figures));
    }

    private Markup curve() {
        return section("Latency by percentile", PercentileChart.draw(report, figures));
    }

    private Markup why() {
        List<Markup> parts = new ArrayList<>();
        parts.add(Markup.tag(
                "p",
                Markup.text(Durations.count(report.why().slow()) + " of " + Durations.count(figures.iterations())
                        + " iterations were slow, that is "
                        + Durations.format(report.why().slowThresholdNs()) + " or more. Counters are those of the "
                        + report.measured().scope().name().toLowerCase(Locale.ROOT) + ".")));
        if (!report.why().causes().isEmpty()) {
            parts.add(Markup.table(
                    List.of("cause", "slow iterations", "share", "evidence"),
                    report.why().causes().stream().map(HtmlReport::causeRow).toList()));
        }
        if (!report.why().contrasts().isEmpty()) {
            parts.add(contrasts());
        }
        return section("Why the slow ones were slow", parts.toArray(Markup[]::new));
    }

    private static List<Markup> causeRow(CauseShare cause) {
        int width = (int) Math.round(Math.max(0, Math.min(1, cause.share())) * LONGEST_BAR);
        Markup bar = new Markup("<span class=\"bar\" style=\"width:" + width + "px\"></span>");
        return List.of(
                tight(cause.cause().name()),
                Markup.text(Durations.count(cause.slowIterations())),
                Markup.styled("span", "tight", bar, Markup.text(Durations.percent(cause.share()))),
                Markup.text(cause.evidence()));
    }

    private Markup contrasts() {
        return Markup.table(
                List.of("counter, mean an iteration", "in the slow ones", "in the rest"),
                report.why().contrasts().stream()
                        .map(contrast -> texts(
                                contrast.counter(),
                                Durations.mean(contrast.slowMean()),
                                Durations.mean(contrast.restMean())))
                        .toList());
    }

    private Markup protection() {
        Protection protection = report.protection();
        List<List<Markup>> rows = new ArrayList<>();
        rows.add(texts("tier", protection.tier() + ": " + protection.reason()));
        rows.add(texts(
                "kernel.numa_balancing",
                Wording.orAbsent(protection.balancingBefore()) + " before, "
                        + Wording.orAbsent(protection.balancingDuring()) + " during"));
        rows.add(texts("hinting faults on the host", Wording.hintFaults(protection)));
        rows.add(texts(
                "CPUs",
                (protection.cpus() == null ? "unknown" : protection.cpus().toString())
                        + (protection.pinned() ? ", pinned" : ", not pinned")));
        protection.quiet().forEach(result -> rows.add(texts(result.setting().name(), Wording.quiet(result))));
        if (protection.disturbance() != null) {
            rows.add(texts("disturbed", protection.disturbance()));
        }
        rows.add(texts("warm-up", Wording.warmUp(report.measured().warmup())));
        return section("Protection and warm-up", Markup.table(List.of("what", "found"), rows));
    }

    private Markup slowest() {
        Measurement measured = report.measured();
        List<String> heads = List.of(
                "iteration", "latency", "minor faults", "major faults", "voluntary switches", "involuntary switches");
        return section(
                "The slowest iterations",
                Markup.table(
                        heads,
                        Slowest.of(measured, SLOWEST)
                                .map(i -> texts(
                                        Durations.count(i),
                                        Durations.format(measured.latencyNs()[i]),
                                        Wording.counter(measured, i, CounterReader.MINOR_FAULTS),
                                        Wording.counter(measured, i, CounterReader.MAJOR_FAULTS),
                                        Wording.counter(measured, i, CounterReader.VOLUNTARY_SWITCHES),
                                        Wording.counter(measured, i, CounterReader.INVOLUNTARY_SWITCHES)))
                                .toList()));
    }

    private Markup environment() {
        Map<String, String> facts = report.environment().facts();
        return section(
                "Environment, as during the test",
                Markup.table(
                        List.of("name", "value"),
                        facts.entrySet().stream()
                                .map(fact -> texts(fact.getKey(), fact.getValue()))
                                .toList()));
    }

    private static Markup section(String title, Markup... parts) {
        return new Markup("\n"
                + Markup.tag("section", Markup.tag("h2", Markup.text(title)), Markup.all(parts))
                        .source());
    }

    private static List<Markup> texts(String... texts) {
        return List.of(texts).stream().map(Markup::text).toList();
    }

    private static Markup tight(String text) {
        return Markup.styled("span", "tight", Markup.text(text));
    }
}
