/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.machine.CounterReader;
import io.tailgate.measure.Measurement;

/** Latency over the iterations, and beneath it on the same axis the minor faults. */
final class TimelineChart {

    private static final int TOP = 12;
    private static final int BOTTOM = 290;
    private static final int FAULTS_TOP = 326;
    private static final int FAULTS_BOTTOM = 410;
    private static final int HEIGHT = 448;
    private static final int LABELLED = 20;

    /** Fewer columns than pixels, so that single iterations stay apart. */
    private static final int COLUMNS = 900;

    private final TestReport report;
    private final Measurement measured;
    private final Scale latency;
    private final double columnWidth;
    private final Envelope envelope;
    private final Svg svg = new Svg("latency and minor faults of each iteration", HEIGHT);

    private TimelineChart(TestReport report, LatencyFigures figures) {
        this.report = report;
        this.measured = report.measured();
        this.latency = LatencyAxis.scale(report, figures, BOTTOM, TOP);
        this.envelope = Envelope.of(measured.iterations(), COLUMNS, i -> measured.latencyNs()[i]);
        this.columnWidth = (double) (Svg.RIGHT - Svg.LEFT) / envelope.columns();
    }

    static Markup draw(TestReport report, LatencyFigures figures) {
        TimelineChart chart = new TimelineChart(report, figures);
        LatencyAxis.draw(chart.svg, chart.latency);
        chart.latencies();
        double median = chart.latency.pixel(figures.p50());
        chart.svg.line("median", Svg.LEFT, median, Svg.RIGHT, median);
        chart.slowOnes();
        chart.faults();
        chart.iterationAxis();
        LatencyAxis.drawLimits(chart.svg, chart.latency, report);
        return Markup.all(chart.svg.done(), chart.caption());
    }

    private void latencies() {
        StringBuilder strokes = new StringBuilder();
        for (int column = 0; column < envelope.columns(); column++) {
            strokes.append(Svg.stroke(
                    x(column), latency.pixel(envelope.least()[column]), latency.pixel(envelope.greatest()[column])));
        }
        svg.path("data", envelope.columns() < COLUMNS / 3 ? 4 : 2, strokes);
    }

    private void slowOnes() {
        StringBuilder marks = new StringBuilder();
        for (int column = 0; column < envelope.columns(); column++) {
            if (isSlow(column)) {
                double y = latency.pixel(envelope.greatest()[column]);
                marks.append(Svg.stroke(x(column), y, y));
            }
        }
        svg.path("slow", 5, marks);
        Slowest.of(measured, LABELLED)
                .limit(report.why().slow())
                .forEach(i -> svg.dot("tip", xOf(i), latency.pixel(measured.latencyNs()[i]), tip(i)));
    }

    private String tip(int iteration) {
        return "iteration " + Durations.count(iteration) + ": " + Durations.format(measured.latencyNs()[iteration])
                + ", " + Wording.counter(measured, iteration, CounterReader.MINOR_FAULTS) + " minor faults";
    }

    private void faults() {
        Envelope faults = Envelope.of(
                measured.iterations(),
                COLUMNS,
                i -> measured.hasCounters() ? measured.counter(i, CounterReader.MINOR_FAULTS) : 0);
        long most = 0;
        for (long greatest : faults.greatest()) {
            most = Math.max(most, greatest);
        }
        Scale scale = Scale.linear((double) most, FAULTS_BOTTOM, FAULTS_TOP);
        faultsAxis(most);
        StringBuilder slow = new StringBuilder();
        StringBuilder rest = new StringBuilder();
        for (int column = 0; column < faults.columns(); column++) {
            if (faults.greatest()[column] > 0) {
                double top = Math.min(scale.pixel(faults.greatest()[column]), FAULTS_BOTTOM - 2.0);
                (isSlow(column) ? slow : rest).append(Svg.stroke(x(column), FAULTS_BOTTOM, top));
            }
        }
        double width = Math.max(1.2, Math.min(columnWidth * 0.7, 8));
        svg.path("data bars", width, rest);
        svg.path("slow bars", width, slow);
    }

    private boolean isSlow(int column) {
        return report.why().slow() > 0
                && envelope.greatest()[column] >= report.why().slowThresholdNs();
    }

    private void faultsAxis(long most) {
        svg.text("", "end", Svg.LEFT - 8, FAULTS_BOTTOM + 4, "0");
        String none = measured.hasCounters() ? "minor faults: none" : "minor faults: not counted";
        svg.text("", "start", Svg.LEFT, FAULTS_TOP - 8, most == 0 ? none : "minor faults");
        if (most > 0) {
            svg.line("grid", Svg.LEFT, FAULTS_TOP, Svg.RIGHT, FAULTS_TOP);
            svg.text("", "end", Svg.LEFT - 8, FAULTS_TOP + 4, Durations.count(most));
        }
    }

    private void iterationAxis() {
        svg.line("axis", Svg.LEFT, FAULTS_BOTTOM, Svg.RIGHT, FAULTS_BOTTOM);
        svg.line("axis", Svg.LEFT, BOTTOM, Svg.RIGHT, BOTTOM);
        for (double tick :
                Scale.linear(measured.iterations(), Svg.LEFT, Svg.RIGHT).ticks()) {
            if (tick == Math.rint(tick)) {
                double x = Svg.LEFT + tick / measured.iterations() * (Svg.RIGHT - Svg.LEFT);
                svg.line("axis", x, FAULTS_BOTTOM, x, FAULTS_BOTTOM + 5);
                svg.text("", "middle", x, FAULTS_BOTTOM + 20, Durations.count((long) tick));
            }
        }
    }

    private double x(int column) {
        return Svg.LEFT + (column + 0.5) * columnWidth;
    }

    private double xOf(int iteration) {
        return x((int) (((long) iteration * envelope.columns() + envelope.columns() - 1) / measured.iterations()));
    }

    private Markup caption() {
        int each = (int) Math.ceil((double) measured.iterations() / envelope.columns());
        String columns = each == 1
                ? "Each dot is one iteration, in the order in which they ran."
                : "Each stroke spans the least and the greatest of up to " + Durations.count(each)
                        + " iterations in the order in which they ran; no maximum is left out.";
        String marked = report.why().slow() == 0
                ? ""
                : " Orange: slow, " + Durations.format(report.why().slowThresholdNs())
                        + " or more, and the faults there.";
        return Markup.styled(
                "p", "soft", Markup.text(columns + marked + " Dotted: the median." + LatencyAxis.note(latency)));
    }
}
