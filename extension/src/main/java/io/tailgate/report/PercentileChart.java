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

    private final LatencyFigures figures;
    private final Scale latency;
    private final Scale tail;
    private final Svg svg = new Svg("latency by percentile", HEIGHT);

    private PercentileChart(TestReport report, LatencyFigures figures) {
        this.figures = figures;
        this.latency = LatencyAxis.scale(report, figures, BOTTOM, TOP);
        this.tail = Scale.logarithmic(1, Math.max(10, figures.iterations()), Svg.LEFT, Svg.RIGHT);
    }

    static Markup draw(TestReport report, LatencyFigures figures) {
        PercentileChart chart = new PercentileChart(report, figures);
        LatencyAxis.draw(chart.svg, chart.latency);
        chart.percentileAxis();
        chart.curve();
        for (BoundVerdict judged : report.verdict().bounds()) {
            chart.bound(judged);
        }
        String caption =
                "Of n = " + Durations.count(figures.iterations()) + " iterations, so the last point, the maximum, "
                        + "is one iteration. The black bar is the confidence interval of a bound's percentile."
                        + LatencyAxis.note(chart.latency);
        return Markup.all(chart.svg.done(), Markup.styled("p", "soft", Markup.text(caption)));
    }

    private void percentileAxis() {
        svg.line("axis", Svg.LEFT, BOTTOM, Svg.RIGHT, BOTTOM);
        tick(0);
        tick(50);
        for (double left = 10; 100 / left <= figures.iterations() && left > 1e-6; left /= 10) {
            tick(100 - left);
        }
    }

    private void tick(double percentile) {
        double x = x(percentile);
        svg.line("grid", x, TOP, x, BOTTOM);
        svg.text("", x > Svg.RIGHT - 30 ? "end" : "middle", x, BOTTOM + 20, Wording.percentile(percentile));
    }

    private void curve() {
        StringBuilder steps = new StringBuilder();
        int n = figures.iterations();
        for (int point = 0; point <= POINTS; point++) {
            int above = (int) Math.round(Math.pow(n, 1 - (double) point / POINTS)); // n at the left, 1 at the right
            double x = tail.pixel((double) n / above);
            double y = latency.pixel(figures.ranked(n - above));
            steps.append(String.format(Locale.ROOT, "%s%.1f %.1f", steps.isEmpty() ? "M" : "L", x, y));
        }
        svg.path("data", 2.5, steps);
    }

    private void bound(BoundVerdict judged) {
        double x = x(judged.bound().percentile());
        double limit = latency.pixel(judged.limitNs());
        boolean nearTheEnd = x > Svg.RIGHT - 300;
        svg.line("limit", Math.max(Svg.LEFT, x - 60), limit, Math.min(Svg.RIGHT, x + 60), limit);
        svg.text(
                "limit-text halo",
                nearTheEnd ? "end" : "start",
                nearTheEnd ? x - 66 : x + 66,
                limit + 4,
                Wording.percentile(judged.bound().percentile()) + " limit " + Wording.limit(judged));
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
