/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.verdict.BoundVerdict;

/** The vertical axis of latency that both charts share, with the limits on it. */
final class LatencyAxis {

    /** Beyond this, a linear axis would press the usual latency flat on the ground. */
    private static final double MOST_LINEAR = 30;

    private LatencyAxis() {}

    /** Returns a scale on which every latency and every limit has its place. */
    static Scale scale(TestReport report, LatencyFigures figures, double bottom, double top) {
        double highest = report.verdict().bounds().stream()
                .mapToDouble(BoundVerdict::limitNs)
                .reduce((double) figures.max(), Math::max);
        return highest > MOST_LINEAR * figures.p50()
                ? Scale.logarithmic(Math.max(1, figures.min()) / 1.4, highest * 1.6, bottom, top)
                : Scale.linear(highest * 1.12, bottom, top);
    }

    static void draw(Svg svg, Scale scale) {
        for (double tick : scale.ticks()) {
            double y = scale.pixel(tick);
            svg.line("grid", Svg.LEFT, y, Svg.RIGHT, y);
            svg.text("", "end", Svg.LEFT - 8, y + 4, Durations.round(tick));
        }
    }

    static void drawLimits(Svg svg, Scale scale, TestReport report) {
        for (BoundVerdict judged : report.verdict().bounds()) {
            double y = scale.pixel(judged.limitNs());
            svg.line("limit", Svg.LEFT, y, Svg.RIGHT, y);
            svg.text("limit-text halo", "start", Svg.LEFT + 8, y - 6, limit(judged));
        }
    }

    private static String limit(BoundVerdict judged) {
        return Wording.percentile(judged.bound().percentile()) + " limit " + Wording.limit(judged);
    }

    static String note(Scale scale) {
        return scale.logarithmic() ? " The latency axis is logarithmic." : "";
    }
}
