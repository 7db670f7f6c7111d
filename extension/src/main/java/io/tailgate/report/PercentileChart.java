/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.verdict.BoundVerdict;
import java.util.Locale;

/** Latency over the percentile, the axis stretched towards the tail; each bound with its limit and interval. */
final class PercentileChart {

    private static final int TOP = 12;
    private static final int BOTTOM = 260;
    private static final int HEIGHT = 300;
    private static final int POINTS = 450;
    private static final double[] NINES = {90, 99, 99.9, 99.99, 99.999, 99.9999};

    private final LatencyFigures figures;
    private final Scale latency;
    private final Scale tail;
    private final Svg svg = new Svg("latency by percentile", HEIGHT);

    private PercentileChart(TestReport report, LatencyFigures figures) {
        this.figures = figures;
        this.latency = LatencyAxis.scale(report, figures, BOTTOM, TOP);
        this.tail = Scale.logarithmic(1, Math.max(2, figures.iterations()), Svg.LEFT, Svg.RIGHT);
    }

    static Markup draw(TestReport report, LatencyFigures figures) {
        PercentileChart chart = new PercentileChart(report, figures);
        LatencyAxis.draw(chart.svg, chart.latency);
        chart.percentileAxis();
        chart.curve();
        LatencyAxis.drawLimits(chart.svg, chart.latency, report);
        report.verdict().bounds().forEach(chart::interval);
        String caption =
                "Of n = " + Durations.count(figures.iterations()) + " iterations, so the last point, the maximum, "
                        + "is one iteration. The black bar is the confidence interval of a bound's percentile."
                        + LatencyAxis.note(chart.latency);
        return Markup.all(chart.svg.done(), Markup.styled("p", "soft", Markup.text(caption)));
    }

    private void percentileAxis() {
        svg.line("axis", Svg.LEFT, BOTTOM, Svg.RIGHT, BOTTOM);
        tick(0, "min");
        tick(50, "p50");
        for (double percentile : NINES) {
            if (x(percentile) < Svg.RIGHT - 50) {
                tick(percentile, Wording.percentile(percentile));
            }
        }
        svg.text("", "middle", Svg.RIGHT, BOTTOM + 20, "max");
    }

    private void tick(double percentile, String name) {
        double x = x(percentile);
        svg.line("grid", x, TOP, x, BOTTOM);
        svg.text("", "middle", x, BOTTOM + 20, name);
    }

    private void curve() {
        StringBuilder steps = new StringBuilder();
        int n = figures.iterations();
        for (int point = 0; point <= POINTS; point++) {
            int above = (int) Math.round(Math.pow(n, 1 - (double) point / POINTS)); // n at the left, 1 at the right
            double x = tail.pixel((double) n / above);
            double y = latency.pixel(figures.ranked(n - above));
            steps.append(String.format(Locale.ROOT, steps.isEmpty() ? "M%.1f %.1f" : "H%.1fV%.1f", x, y));
        }
        svg.path("data", 2.5, steps);
    }

    private void interval(BoundVerdict judged) {
        double x = x(judged.bound().percentile());
        double high = judged.highNs() == Long.MAX_VALUE ? TOP : latency.pixel(judged.highNs());
        svg.path("interval", 2, Svg.stroke(x, latency.pixel(judged.lowNs()), high));
        svg.dot(
                "point",
                x,
                latency.pixel(judged.observedNs()),
                Wording.observed(judged) + ", " + Wording.interval(judged));
    }

    private double x(double percentile) {
        return tail.pixel(100 / Math.max(100 - percentile, 100.0 / figures.iterations()));
    }
}
