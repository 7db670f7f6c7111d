/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import io.tailgate.kernels.benchmark.ScenarioResult.Speedup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Bars on both sides of a line at 1.0: how much longer each peer's best way takes than ours, by the medians. To the
 * right ours is faster. Rows of one scenario stand together.
 */
final class BenchmarkPicture {

    private static final int WIDTH = 960;
    private static final int LABEL_END = 330;
    private static final int ROW = 17;
    private static final int BAR = 11;
    private static final int GAP = 9;
    private static final int TOP = 64;
    private static final int BOTTOM = 14;
    private static final int TEXT_GAP = 6;
    private static final double LEAST = 0.5;
    private static final double MOST = 2.5;
    private static final double TICK = 0.25;
    private static final double PER_UNIT = 220;
    private static final String STYLE = """
            <style>
            :root { color-scheme: light dark; --page: #ffffff; --ink: #16161a; --grid: #dcdcdc;
              --onednn: #2a78d6; --onnx: #b07400; }
            @media (prefers-color-scheme: dark) {
              :root { --page: #131312; --ink: #f2f1ec; --grid: #3a3a38; --onednn: #5aa0ee; --onnx: #f0b440; } }
            text { fill: var(--ink); font: 12px system-ui, sans-serif; } .heading { font-weight: bold; }
            .grid { stroke: var(--grid); } .one { stroke: var(--ink); stroke-width: 1.5; }
            .onednn { fill: var(--onednn); } .onnx_runtime { fill: var(--onnx); } .page { fill: var(--page); }
            </style>
            """;

    private final StringBuilder rows = new StringBuilder();
    private int y = TOP;

    private BenchmarkPicture() {}

    static void write(Path file, List<OverRuns> results) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, of(results));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the picture as SVG. */
    static String of(List<OverRuns> results) {
        BenchmarkPicture picture = new BenchmarkPicture();
        results.stream().filter(result -> !result.speedups().isEmpty()).forEach(picture::add);
        return picture.svg();
    }

    private void add(OverRuns result) {
        String ours = "";
        for (Speedup speedup : result.speedups()) {
            if (!speedup.ours().equals(ours)) {
                ours = speedup.ours();
                text(
                        LABEL_END,
                        "end",
                        y + BAR,
                        "",
                        result.scenario() + ", " + ours.replace("ours, ", "").replace("ours", ""));
            }
            bar(speedup, result.title());
        }
        y += GAP;
    }

    private void bar(Speedup speedup, String title) {
        double end = x(speedup.median());
        rows.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>%s</title></rect>%n",
                speedup.peer().name().toLowerCase(Locale.ROOT),
                Math.min(end, x(1)),
                y + 1,
                Math.abs(end - x(1)),
                BAR,
                escaped(title)));
        String beyond = speedup.median() > MOST ? ", cut off" : "";
        text(
                (int) Math.max(end, x(1)) + TEXT_GAP,
                "start",
                y + BAR,
                "",
                String.format(
                        Locale.ROOT,
                        "%.2f %s%s",
                        speedup.median(),
                        speedup.peer().title(),
                        beyond));
        y += ROW;
    }

    private String svg() {
        int height = y + BOTTOM;
        String body = rows.toString();
        rows.setLength(0);
        text(
                LABEL_END,
                "start",
                ROW + 4,
                "heading",
                "time of a peer's best way / ours; medians; right of 1: ours is faster");
        for (double ratio = LEAST; ratio <= MOST; ratio += TICK) {
            line(ratio == 1 ? "one" : "grid", x(ratio), height);
            text((int) x(ratio), "middle", TOP - GAP - ROW / 2, "", String.format(Locale.ROOT, "%.2f", ratio));
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">%n".formatted(WIDTH, height)
                + STYLE
                + "<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n"
                + rows
                + body
                + "</svg>\n";
    }

    private void line(String kind, double x, int height) {
        rows.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n",
                kind,
                x,
                x,
                TOP - GAP,
                height - BOTTOM / 2));
    }

    private void text(int x, String anchor, int baseline, String kind, String text) {
        rows.append("<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n"
                .formatted(kind, x, baseline, anchor, escaped(text)));
    }

    private static double x(double ratio) {
        return LABEL_END + TEXT_GAP + (Math.min(Math.max(ratio, LEAST), MOST) - LEAST) * PER_UNIT;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
