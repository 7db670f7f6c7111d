/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the kernels promise against other libraries and the machine's limits. Speedups are of the medians. */
final class Promises {

    private static final double LEAST_OF_A_SHAPE = 0.97;
    private static final double MILLIS_PER_SECOND = 1000;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private final List<OverRuns> all;

    private Promises(List<OverRuns> all) {
        this.all = all;
    }

    /** Holds the results against every promise. */
    static List<Acceptance> check(List<OverRuns> all, long libraryBytes) {
        Promises promises = new Promises(all);
        return Stream.of(
                        promises.batch8(),
                        promises.batch1(),
                        promises.avx2(),
                        promises.others(),
                        promises.shapes(),
                        promises.start(libraryBytes))
                .flatMap(List::stream)
                .toList();
    }

    private List<Acceptance> batch8() {
        return List.of(
                speedup("INT8 VNNI, batch 8: oneDNN / ours", "int8-vnni-b8-t2", "", Maker.ONEDNN, 1.03),
                speedup("INT8 VNNI, batch 8: ONNX Runtime / ours", "int8-vnni-b8-t2", "", Maker.ONNX_RUNTIME, 1.10),
                atLeast("INT8 VNNI, batch 8: of the peak", "int8-vnni-b8-t2", 0.90, Promises::shareOfPeak),
                speedup("INT8 best, batch 8: oneDNN / ours", "int8-b8-t2", "", Maker.ONEDNN, 1.03),
                speedup("INT8 best, batch 8: ONNX Runtime / ours", "int8-b8-t2", "", Maker.ONNX_RUNTIME, 1.10),
                speedup("FP32 Winograd, batch 8: oneDNN / ours", "fp32-b8-t2", "Winograd", Maker.ONEDNN, 1.28),
                speedup(
                        "FP32 Winograd, batch 8: ONNX Runtime / ours",
                        "fp32-b8-t2",
                        "Winograd",
                        Maker.ONNX_RUNTIME,
                        1.28),
                speedup("FP32 direct, batch 8: oneDNN / ours", "fp32-b8-t2", "direct", Maker.ONEDNN, 1.02));
    }

    private List<Acceptance> batch1() {
        return List.of(
                speedup("INT8 VNNI, batch 1: oneDNN / ours", "int8-vnni-b1-t2", "", Maker.ONEDNN, 1.00),
                speedup("INT8 best, batch 1: oneDNN / ours", "int8-b1-t2", "", Maker.ONEDNN, 1.00),
                speedup("FP32, batch 1: oneDNN / ours", "fp32-b1-t2", "", Maker.ONEDNN, 1.20));
    }

    private List<Acceptance> avx2() {
        return List.of(
                speedup("FP32 held to AVX2, batch 8: oneDNN / ours", "fp32-avx2-b8-t2", "Winograd", Maker.ONEDNN, 1.10),
                speedup("INT8 held to AVX2, batch 8: oneDNN / ours", "int8-avx2-b8-t2", "", Maker.ONEDNN, 1.00));
    }

    private List<Acceptance> others() {
        return List.of(
                speedup("SGEMM 2048: oneDNN / ours", "sgemm-2048-t2", "", Maker.ONEDNN, 1.00),
                atLeast("p99/p50 of INT8 best, batch 1: oneDNN's / ours", "jitter-int8", 1.00, Promises::steadiness),
                atLeast(
                        "p99/p50 of INT8 VNNI, batch 1: oneDNN's / ours",
                        "jitter-int8-vnni",
                        1.00,
                        Promises::steadiness));
    }

    /** No shape is slower than this, in no layers scenario. */
    private List<Acceptance> shapes() {
        return all.stream()
                .filter(each -> !each.shapes().isEmpty())
                .map(Promises::slowestShape)
                .toList();
    }

    private static Acceptance slowestShape(OverRuns layers) {
        OverRuns.Shape slowest = layers.shapes().stream()
                .min(Comparator.comparingDouble(OverRuns.Shape::medianRatio))
                .orElseThrow();
        long slow = layers.shapes().stream()
                .filter(shape -> shape.medianRatio() < LEAST_OF_A_SHAPE)
                .count();
        return new Acceptance(
                "the slowest shape: oneDNN / ours",
                layers.scenario(),
                true,
                LEAST_OF_A_SHAPE,
                slowest.medianRatio(),
                List.of(),
                "%s; %d of %d below"
                        .formatted(slowest.shape(), slow, layers.shapes().size()));
    }

    private List<Acceptance> start(long libraryBytes) {
        return List.of(
                atMost("cold start, FP32, s", "cold-start-fp32", 3),
                atMost("cold start, INT8, s", "cold-start-int8", 5),
                new Acceptance(
                        "the library's size, MB", "", false, 2, libraryBytes / BYTES_PER_MEGABYTE, List.of(), ""));
    }

    private Acceptance speedup(String what, String scenario, String way, Maker peer, double bound) {
        return atLeast(
                what,
                scenario,
                bound,
                result -> result.speedups().stream()
                        .filter(each -> each.peer() == peer && isWay(each.ours(), way))
                        .mapToDouble(ScenarioResult.Speedup::median)
                        .findFirst());
    }

    /** Whether it is that algorithm; without one, the way in which users get it. */
    private static boolean isWay(String ours, String way) {
        return way.isEmpty() ? !ours.contains("direct") && !ours.contains("Winograd") : ours.contains(way);
    }

    private static OptionalDouble shareOfPeak(ScenarioResult result) {
        return result.of(Maker.OURS).stream()
                .map(result::shareOfPeak)
                .flatMapToDouble(OptionalDouble::stream)
                .max();
    }

    private static OptionalDouble steadiness(ScenarioResult result) {
        Optional<Measured> ours = result.of(Maker.OURS).stream().findFirst();
        Optional<Measured> oneDnn = result.of(Maker.ONEDNN).stream().findFirst();
        return ours.isEmpty() || oneDnn.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(oneDnn.get().tail() / ours.get().tail());
    }

    private Acceptance atMost(String what, String scenario, double bound) {
        return of(
                what,
                scenario,
                false,
                bound,
                result -> result.of(Maker.OURS).stream()
                        .mapToDouble(each -> each.medianMillis() / MILLIS_PER_SECOND)
                        .findFirst());
    }

    private Acceptance atLeast(
            String what, String scenario, double bound, Function<ScenarioResult, OptionalDouble> figure) {
        return of(what, scenario, true, bound, figure);
    }

    private Acceptance of(
            String what,
            String scenario,
            boolean atLeast,
            double bound,
            Function<ScenarioResult, OptionalDouble> figure) {
        List<Double> ofRuns = new ArrayList<>();
        all.stream()
                .filter(each -> each.scenario().equals(scenario))
                .flatMap(each -> each.runs().stream())
                .forEach(run -> figure.apply(run).ifPresent(ofRuns::add));
        @Nullable
        Double found = ofRuns.isEmpty()
                ? null
                : Double.valueOf(OverRuns.median(ofRuns.stream().mapToDouble(Double::doubleValue)));
        return new Acceptance(what, scenario, atLeast, bound, found, List.copyOf(ofRuns), "");
    }
}
