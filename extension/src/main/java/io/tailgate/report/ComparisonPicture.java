/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

/** Two runs side by side on the same axes: latency over the iterations, and beneath it the minor faults. */
final class ComparisonPicture {

    private static final int HEIGHT = 510;
    private static final int TOP = 128;
    private static final int BOTTOM = 340;
    private static final int FAULTS_TOP = 376;
    private static final int FAULTS_BOTTOM = 438;
    private static final int LEFT = 76;
    private static final int RIGHT = Svg.WIDTH - 20;
    private static final int BETWEEN = 36;
    private static final int LONGEST_NAME = 60;

    /** Room above the highest of both. */
    private static final double HEADROOM = 1.05;

    /** Beyond this many times the lower median, a linear axis would show one flat line. */
    private static final double MOST_LINEAR = 100;

    private final ComparedRun before;
    private final ComparedRun after;
    private final Scale latency;
    private final Scale faults;
    private final Svg svg;

    private ComparisonPicture(ComparedRun before, ComparedRun after) {
        this.before = before;
        this.after = after;
        this.latency = latency(before, after);
        this.faults = Scale.linear(
                (double) Math.max(
                        before.timeline().mostFaults(), after.timeline().mostFaults()),
                FAULTS_BOTTOM,
                FAULTS_TOP);
        this.svg = new Svg(
                before.test() + ", before: " + before.latencies() + "; " + after.test() + ", after: "
                        + after.latencies(),
                HEIGHT);
    }

    static String draw(ComparedRun before, ComparedRun after) {
        return new ComparisonPicture(before, after).draw();
    }

    private static Scale latency(ComparedRun before, ComparedRun after) {
        double highest = Math.max(before.highest(), after.highest());
        return highest > MOST_LINEAR * Math.min(before.median(), after.median())
                ? Scale.logarithmic(Math.min(before.least(), after.least()) / 1.4, highest * 1.6, BOTTOM, TOP)
                : Scale.linear(highest * HEADROOM, BOTTOM, TOP);
    }

    private String draw() {
        svg.box("page", 0, 0, Svg.WIDTH, HEIGHT);
        for (double tick : latency.ticks()) {
            double y = latency.pixel(tick);
            svg.text("", "end", LEFT - 8, y + 4, Durations.round(tick));
        }
        svg.text("", "end", LEFT - 8, FAULTS_TOP + 4, Durations.count((long) faults.high()));
        svg.text("", "end", LEFT - 8, FAULTS_BOTTOM + 4, "0");
        double width = (RIGHT - LEFT - BETWEEN) / 2.0;
        panel("before", before, LEFT, LEFT + width);
        panel("after", after, RIGHT - width, RIGHT);
        svg.text("", "start", LEFT, HEIGHT - 32, machines());
        svg.text("", "start", LEFT, HEIGHT - 14, legend());
        return svg.standalone();
    }

    private void panel(String name, ComparedRun run, double left, double right) {
        heading(name, run, left, right);
        for (double tick : latency.ticks()) {
            svg.line("grid", left, latency.pixel(tick), right, latency.pixel(tick));
        }
        svg.line("grid", left, FAULTS_TOP, right, FAULTS_TOP);
        svg.text("", "start", left, FAULTS_TOP - 8, faultsTitle(run.timeline()));
        TimelinePlot plot = new TimelinePlot(svg, run.timeline(), left, right, latency, faults, run.slowFromNs());
        plot.drawLatencies();
        plot.drawMedian(run.median());
        plot.drawStems();
        plot.markSlowOnes();
        plot.drawFaults();
        plot.drawIterationAxis();
        for (ComparedRun.DrawnLimit limit : run.limits()) {
            double y = latency.pixel(limit.ns());
            svg.line("limit", left, y, right, y);
            svg.text("limit-text", "end", right - 4, y - 6, limit.name());
        }
    }

    private void heading(String name, ComparedRun run, double left, double right) {
        svg.text("title", "start", left, 30, name);
        svg.text("title " + run.verdict(), "end", right, 30, run.verdict());
        svg.text("", "start", left, 50, shortened(run.test()));
        svg.text("figures", "start", left, 74, run.latencies());
        svg.text("figures", "start", left, 96, run.protection());
    }

    private static String shortened(String name) {
        String line = Wording.oneLine(name);
        return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME - 1) + "\u2026";
    }

    private static String faultsTitle(Timeline timeline) {
        if (timeline.faults() == null) {
            return "minor faults: not counted";
        }
        return timeline.mostFaults() == 0 ? "minor faults: none" : "minor faults an iteration";
    }

    private String machines() {
        return before.machine().equals(after.machine())
                ? before.machine()
                : "before: " + before.machine() + "; after: " + after.machine();
    }

    private String legend() {
        return "Latency of each iteration on one scale. Orange: slow, and the faults there. Dotted: the median. Dashed: the limit."
                + LatencyAxis.note(latency);
    }
}
