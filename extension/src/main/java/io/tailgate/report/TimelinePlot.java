/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

/**
 * The strokes of a timeline at their place in a drawing: the latencies, and beneath them the minor faults.
 *
 * @param slowFromNs iterations from here on are slow; infinite: none is
 */
record TimelinePlot(
        Svg svg, Timeline timeline, double left, double right, Scale latency, Scale faults, double slowFromNs) {

    private static final double LEAST_BAR = 2;

    void drawLatencies() {
        StringBuilder strokes = new StringBuilder();
        for (int column = 0; column < timeline.columns(); column++) {
            strokes.append(Svg.stroke(
                    x(column), latency.pixel(timeline.least()[column]), latency.pixel(timeline.greatest()[column])));
        }
        svg.path("data", width() > 3 ? 4 : 2, strokes);
    }

    void drawMedian(double medianNs) {
        double y = latency.pixel(medianNs);
        svg.line("median", left, y, right, y);
    }

    void markSlowOnes() {
        StringBuilder marks = new StringBuilder();
        for (int column = 0; column < timeline.columns(); column++) {
            if (isSlow(column)) {
                double y = latency.pixel(timeline.greatest()[column]);
                marks.append(Svg.stroke(x(column), y, y));
            }
        }
        svg.path("slow", 5, marks);
    }

    /** Draws a line up to each slow one, for a drawing so small that a mark alone is overlooked. */
    void drawStems() {
        StringBuilder stems = new StringBuilder();
        for (int column = 0; column < timeline.columns(); column++) {
            if (isSlow(column)) {
                stems.append(Svg.stroke(x(column), latency.lowPixel(), latency.pixel(timeline.greatest()[column])));
            }
        }
        svg.path("slow", 1, stems);
    }

    /** Draws a bar for each column that had any, at least so high that it can be seen. */
    void drawFaults() {
        StringBuilder slow = new StringBuilder();
        StringBuilder rest = new StringBuilder();
        for (int column = 0; column < timeline.columns(); column++) {
            long most = timeline.faults() == null ? 0 : timeline.faults()[column];
            if (most > 0) {
                double top = Math.min(faults.pixel(most), faults.lowPixel() - LEAST_BAR);
                (isSlow(column) ? slow : rest).append(Svg.stroke(x(column), faults.lowPixel(), top));
            }
        }
        double width = Math.max(1.2, Math.min(width() * 0.7, 8));
        svg.path("data bars", width, rest);
        svg.path("slow bars", width, slow);
    }

    void drawIterationAxis() {
        svg.line("axis", left, faults.lowPixel(), right, faults.lowPixel());
        svg.line("axis", left, latency.lowPixel(), right, latency.lowPixel());
        for (double tick : Scale.linear(timeline.iterations(), left, right).ticks()) {
            if (tick == Math.rint(tick)) {
                double x = left + tick / timeline.iterations() * (right - left);
                svg.line("axis", x, faults.lowPixel(), x, faults.lowPixel() + 5);
                svg.text("", "middle", x, faults.lowPixel() + 20, Durations.count((long) tick));
            }
        }
    }

    double xOf(int iteration) {
        int columns = timeline.columns();
        return x((int) (((long) iteration * columns + columns - 1) / timeline.iterations()));
    }

    private boolean isSlow(int column) {
        return timeline.greatest()[column] >= slowFromNs;
    }

    private double x(int column) {
        return left + (column + 0.5) * width();
    }

    private double width() {
        return (right - left) / timeline.columns();
    }
}
