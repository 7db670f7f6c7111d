/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.verdict.BoundVerdict;
import java.util.Comparator;
import java.util.List;

/** The vertical axis of latency that both charts share, with the limits on it. */
final class LatencyAxis {

    /** Beyond this, a linear axis would press the usual latency flat on the ground. */
    private static final double MOST_LINEAR = 30;

    private static final int NAME_LINE = 14;

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

    /** Draws each limit and its name beside the plot, where it hides no iteration; close names are moved apart. */
    static void drawLimits(Svg svg, Scale scale, TestReport report) {
        double free = 0;
        for (BoundVerdict judged : highestFirst(report)) {
            double y = scale.pixel(judged.limitNs());
            double nameY = Math.max(y, free);
            svg.line("limit", Svg.LEFT, y, Svg.RIGHT, y);
            svg.text("limit-text", "start", Svg.RIGHT + 6, nameY, name(judged));
            svg.text("limit-text", "start", Svg.RIGHT + 6, nameY + NAME_LINE, time(judged));
            free = nameY + 2 * NAME_LINE + 4;
        }
    }

    private static List<BoundVerdict> highestFirst(TestReport report) {
        return report.verdict().bounds().stream()
                .sorted(Comparator.comparingDouble(BoundVerdict::limitNs).reversed())
                .toList();
    }

    private static String name(BoundVerdict judged) {
        return Wording.percentile(judged.bound().percentile()) + " limit";
    }

    private static String time(BoundVerdict judged) {
        return Durations.distinct(judged.limitNs(), (double) judged.observedNs());
    }

    static String note(Scale scale) {
        return scale.logarithmic() ? " The latency axis is logarithmic." : "";
    }
}
