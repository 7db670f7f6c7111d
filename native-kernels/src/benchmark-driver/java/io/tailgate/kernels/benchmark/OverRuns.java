/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tailgate.kernels.benchmark.ScenarioResult.Speedup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What several runs of the benchmark showed of a scenario: of every figure the median over the runs. Ratios are taken
 * within a run, because the machine's speed drifts from one to the next.
 */
record OverRuns(List<ScenarioResult> runs) {

    /** One of our contestants or a peer's, or the peak. */
    record Figure(Maker maker, String name, double bestMillis, double medianMillis) {}

    /** The layers of one shape: oneDNN's time over ours. */
    record Shape(String shape, int count, double bestRatio, double medianRatio) {}

    /** Returns one for each scenario, in the order of their first results. */
    static List<OverRuns> of(List<List<ScenarioResult>> runs) {
        Map<String, List<ScenarioResult>> byScenario = new LinkedHashMap<>();
        runs.forEach(run -> run.forEach(result -> byScenario
                .computeIfAbsent(result.scenario(), name -> new ArrayList<>())
                .add(result)));
        return byScenario.values().stream().map(OverRuns::new).toList();
    }

    @JsonProperty
    String scenario() {
        return runs.get(0).scenario();
    }

    String title() {
        return runs.get(0).title();
    }

    @JsonProperty
    List<Figure> figures() {
        return byName(ScenarioResult::measured, Measured::name).values().stream()
                .map(same -> new Figure(
                        same.get(0).maker(),
                        same.get(0).name(),
                        median(same, Measured::bestMillis),
                        median(same, Measured::medianMillis)))
                .toList();
    }

    @JsonProperty
    List<Speedup> speedups() {
        return byName(ScenarioResult::speedups, each -> each.peer() + each.ours()).values().stream()
                .map(same -> new Speedup(
                        same.get(0).peer(),
                        same.get(0).ours(),
                        median(same, Speedup::best),
                        median(same, Speedup::median)))
                .toList();
    }

    @JsonProperty
    List<Shape> shapes() {
        return byName(ScenarioResult::layers, LayerComparison::shape).values().stream()
                .map(same -> new Shape(
                        same.get(0).shape(),
                        same.get(0).count(),
                        median(same, LayerComparison::bestRatio),
                        median(same, LayerComparison::ratio)))
                .toList();
    }

    Optional<Speedup> speedup(Maker peer, String ours) {
        return speedups().stream()
                .filter(each -> each.peer() == peer && each.ours().equals(ours))
                .findFirst();
    }

    private <T> Map<String, List<T>> byName(Function<ScenarioResult, List<T>> part, Function<T, String> name) {
        return runs.stream()
                .flatMap(run -> part.apply(run).stream())
                .collect(Collectors.groupingBy(name, LinkedHashMap::new, Collectors.toList()));
    }

    private static <T> double median(List<T> runs, ToDoubleFunction<T> figure) {
        return median(runs.stream().mapToDouble(figure));
    }

    /** Returns the one in the middle, or the mean of the two. */
    static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
