/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Bars: how much longer each peer's best way takes than ours, by the medians. The line is 1, as fast as ours. */
final class BenchmarkPicture {

    private static final int WIDTH = 900;
    private static final int LEFT = 330;
    private static final int ROW = 22;
    private static final int TOP = 46;
    private static final double PER_UNIT = 200;
    private static final double LONGEST = 2.4;
    private static final String STYLE = """
            <style>
            :root { color-scheme: light dark; --page: #ffffff; --ink: #16161a; --onednn: #2a78d6; --onnx: #8a5a00; }
            @media (prefers-color-scheme: dark) {
              :root { --page: #131312; --ink: #f2f1ec; --onednn: #5aa0ee; --onnx: #f0b440; } }
            text { fill: var(--ink); font: 12px system-ui, sans-serif; } line { stroke: var(--ink); }
            .onednn { fill: var(--onednn); } .onnx_runtime { fill: var(--onnx); } .page { fill: var(--page); }
            </style>
            """;

    private BenchmarkPicture() {}

    static void write(Path file, List<ScenarioResult> results) {
        List<String> rows = new ArrayList<>();
        for (ScenarioResult result : results) {
            for (ScenarioResult.Speedup speedup : result.speedups()) {
                rows.add(row(TOP + rows.size() * ROW, result, speedup));
            }
        }
        int height = TOP + rows.size() * ROW + ROW;
        String svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">\n".formatted(WIDTH, height)
                + STYLE
                + "<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n"
                + text(LEFT, "start", ROW, "a peer's time / ours (medians; above 1: ours is faster)")
                + String.join("", rows)
                + one(height)
                + "</svg>\n";
        try {
            Files.writeString(file, svg);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String row(int y, ScenarioResult result, ScenarioResult.Speedup speedup) {
        String peer = speedup.peer() == Maker.ONEDNN ? "oneDNN" : "ONNX Runtime";
        double width = Math.min(speedup.median(), LONGEST) * PER_UNIT;
        String bar = String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\"><title>%s</title></rect>\n",
                speedup.peer().name().toLowerCase(Locale.ROOT),
                LEFT,
                y,
                width,
                result.title());
        String label = result.scenario() + ", " + speedup.ours().replace("ours, ", "");
        return text(LEFT - 8, "end", y + 12, label)
                + bar
                + text(
                        (int) (LEFT + width + 6),
                        "start",
                        y + 12,
                        String.format(Locale.ROOT, "%.2f %s", speedup.median(), peer));
    }

    private static String text(int x, String anchor, int y, String text) {
        return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n".formatted(x, y, anchor, text);
    }

    private static String one(int height) {
        double x = LEFT + PER_UNIT;
        return String.format(
                Locale.ROOT, "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"30\" y2=\"%d\"/>\n", x, x, height - ROW / 2);
    }
}
