/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
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
                        speed(each, result.shareOfPeak(each)),
                        check(each.check()));
    }

    private static String tail(Measured each) {
        return "  p99 %.2f ms = %.3f x p50".formatted(each.percentile(99), each.tail());
    }

    private static String speed(Measured each, OptionalDouble share) {
        if (each.operations() == 0) {
            return "";
        }
        String speed = "  %,8.0f GOP/s".formatted(each.medianSpeed() / OPERATIONS_PER_MILLI_IN_GIGA);
        return share.isEmpty()
                ? speed
                : speed + String.format(Locale.ROOT, " = %5.1f %% of the peak", share.getAsDouble() * PERCENT);
    }

    private static String check(@Nullable OutputCheck check) {
        return check == null ? "" : "  cosine %.5f, worst %.1e".formatted(check.cosine(), check.worst());
    }

    private static String row(ScenarioResult.Speedup speedup) {
        return "  %s's time / %-34s best %.3f  median %.3f"
                .formatted(speedup.peer().title(), speedup.ours(), speedup.best(), speedup.median());
    }

    private static Stream<String> layers(List<LayerComparison> layers) {
        return Stream.of(
                        Stream.of("  %-26s %5s %21s %21s %15s"
                                .formatted("shape", "count", "ours best, median ms", "oneDNN's", "ratio best, median")),
                        layers.stream().map(TextReport::row),
                        Stream.of(row(total(layers))))
                .flatMap(each -> each);
    }

    private static LayerComparison total(List<LayerComparison> layers) {
        return new LayerComparison(
                "all",
                layers.stream().mapToInt(LayerComparison::count).sum(),
                sum(layers, LayerComparison::ourBestMillis),
                sum(layers, LayerComparison::ourMillis),
                sum(layers, LayerComparison::oneDnnBestMillis),
                sum(layers, LayerComparison::oneDnnMillis));
    }

    private static String row(LayerComparison layer) {
        return "  %-26s %5d %10.3f %10.3f %10.3f %10.3f %11.3f %8.3f"
                .formatted(
                        layer.shape(),
                        layer.count(),
                        layer.ourBestMillis(),
                        layer.ourMillis(),
                        layer.oneDnnBestMillis(),
                        layer.oneDnnMillis(),
                        layer.bestRatio(),
                        layer.ratio());
    }

    private static double sum(List<LayerComparison> layers, ToDoubleFunction<LayerComparison> column) {
        return layers.stream().mapToDouble(column).sum();
    }
}
