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

    private final TestReport report;
    private final Measurement measured;
    private final LatencyFigures figures;
    private final Timeline timeline;
    private final TimelinePlot plot;
    private final Svg svg = new Svg("latency and minor faults of each iteration", HEIGHT);

    private TimelineChart(TestReport report, LatencyFigures figures) {
        this.report = report;
        this.measured = report.measured();
        this.figures = figures;
        this.timeline = Timeline.of(measured);
        this.plot = new TimelinePlot(
                svg,
                timeline,
                Svg.LEFT,
                Svg.RIGHT,
                LatencyAxis.scale(report, figures, BOTTOM, TOP),
                Scale.linear((double) timeline.mostFaults(), FAULTS_BOTTOM, FAULTS_TOP),
                report.why().slow() > 0 ? report.why().slowThresholdNs() : Double.POSITIVE_INFINITY);
    }

    static Markup draw(TestReport report, LatencyFigures figures) {
        return new TimelineChart(report, figures).draw();
    }

    private Markup draw() {
        LatencyAxis.draw(svg, plot.latency());
        plot.drawLatencies();
        plot.drawMedian((double) figures.p50());
        plot.markSlowOnes();
        labelSlowest();
        faultsAxis(timeline.mostFaults());
        plot.drawFaults();
        plot.drawIterationAxis();
        LatencyAxis.drawLimits(svg, plot.latency(), report);
        return Markup.all(svg.done(), caption());
    }

    private void labelSlowest() {
        Slowest.of(measured, LABELLED)
                .limit(report.why().slow())
                .forEach(i -> svg.dot("tip", plot.xOf(i), plot.latency().pixel(measured.latencyNs()[i]), tip(i)));
    }

    private String tip(int iteration) {
        return "iteration " + Durations.count(iteration) + ": " + Durations.format(measured.latencyNs()[iteration])
                + ", " + Wording.counter(measured, iteration, CounterReader.MINOR_FAULTS) + " minor faults";
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

    private Markup caption() {
        int each = (int) Math.ceil((double) measured.iterations() / timeline.columns());
        String columns = each == 1
                ? "Each dot is one iteration, in the order in which they ran."
                : "Each stroke spans the least and the greatest of up to " + Durations.count(each)
                        + " iterations in the order in which they ran; no maximum is left out.";
        String marked = report.why().slow() == 0
                ? ""
                : " Orange: slow, " + Durations.format(report.why().slowThresholdNs())
                        + " or more, and the faults there.";
        return Markup.styled(
                "p", "soft", Markup.text(columns + marked + " Dotted: the median." + LatencyAxis.note(plot.latency())));
    }
}
