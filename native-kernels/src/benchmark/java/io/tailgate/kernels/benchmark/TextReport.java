/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Results as tables of text. */
final class TextReport {

    private static final double OPERATIONS_PER_MILLI_IN_GIGA = 1e6;
    private static final double PERCENT = 100;

    private TextReport() {}

    static String of(ScenarioResult result) {
        Stream<String> lines = Stream.of(
                        Stream.of(result.title() + "   [" + result.scenario() + "]"),
                        result.measured().stream().map(each -> row(each, result)),
                        result.speedups().stream().map(TextReport::row),
                        result.layers().isEmpty() ? Stream.<String>of() : layers(result.layers()),
                        result.refused().stream().map(each -> "  NOT REPORTED: " + each),
                        result.remarks().stream().map(each -> "  " + each))
                .flatMap(each -> each);
        return lines.collect(Collectors.joining("\n")) + "\n";
    }

    private static String row(Measured each, ScenarioResult result) {
        String name = each.maker() == Maker.PEAK ? "peak: " + each.name() : each.name();
        return "  %-36s best %9.2f ms  median %9.2f ms  n = %d%s%s%s"
                .formatted(
                        name,
                        each.bestMillis(),
                        each.medianMillis(),
                        each.milliseconds().size(),
                        result.tail() ? tail(each) : "",
                        speed(each, result.peak()),
                        check(each.check()));
    }

    private static String tail(Measured each) {
        double p99 = each.percentile(99);
        return "  p99 %.2f ms = %.3f x p50".formatted(p99, p99 / each.medianMillis());
    }

    private static String speed(Measured each, Optional<Measured> peak) {
        if (each.operations() == 0) {
            return "";
        }
        String speed = "  %,8.0f GOP/s".formatted(each.medianSpeed() / OPERATIONS_PER_MILLI_IN_GIGA);
        if (each.maker() == Maker.PEAK || peak.isEmpty()) {
            return speed;
        }
        double share = each.medianSpeed() / peak.get().medianSpeed();
        return speed + String.format(Locale.ROOT, " = %5.1f %% of the peak", share * PERCENT);
    }

    private static String check(@Nullable OutputCheck check) {
        return check == null ? "" : "  cosine %.5f, worst %.1e".formatted(check.cosine(), check.worst());
    }

    private static String row(ScenarioResult.Speedup speedup) {
        String peer = speedup.peer() == Maker.ONEDNN ? "oneDNN" : "ONNX Runtime";
        return "  %s's time / %-34s best %.3f  median %.3f"
                .formatted(peer, speedup.ours(), speedup.best(), speedup.median());
    }

    private static Stream<String> layers(List<LayerComparison> layers) {
        return Stream.of(
                        Stream.of("  %-26s %5s %10s %10s %7s"
                                .formatted("shape", "count", "ours ms", "oneDNN ms", "ratio")),
                        layers.stream().map(TextReport::row),
                        Stream.of(row(total(layers))))
                .flatMap(each -> each);
    }

    private static LayerComparison total(List<LayerComparison> layers) {
        return new LayerComparison(
                "all",
                layers.stream().mapToInt(LayerComparison::count).sum(),
                layers.stream().mapToDouble(LayerComparison::ourMillis).sum(),
                layers.stream().mapToDouble(LayerComparison::oneDnnMillis).sum());
    }

    private static String row(LayerComparison layer) {
        return "  %-26s %5d %10.3f %10.3f %7.3f"
                .formatted(layer.shape(), layer.count(), layer.ourMillis(), layer.oneDnnMillis(), layer.ratio());
    }
}
