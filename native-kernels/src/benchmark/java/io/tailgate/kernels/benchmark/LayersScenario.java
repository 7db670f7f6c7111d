/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import io.tailgate.kernels.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Each layer, timed within runs of the whole network, so that its input lies where the layer before left it. */
record LayersScenario(Precision precision, Hold hold, int batch, int threads) implements Scenario {

    @Override
    public String name() {
        return "layers-%s%s-b%d-t%d"
                .formatted(precision.name().toLowerCase(Locale.ROOT), hold.suffix(), batch, threads);
    }

    @Override
    public ScenarioResult measure(int rounds) {
        int[] cpus = Cpus.first(threads);
        List<List<double[]>> times = new ArrayList<>();
        try (Model model = new Model(precision, batch);
                OurLayers ours = new OurLayers(model, hold.isa(), cpus);
                OneDnnContestant openMp = new OneDnnContestant(model, Threading.OPENMP, cpus)) {
            if (batch % threads == 0 && threads > 1) {
                try (OneDnnContestant sharedOut = new OneDnnContestant(model, Threading.SHARED_OUT, cpus)) {
                    times.addAll(time(rounds, List.of(ours::layerTimes, openMp::layerTimes, sharedOut::layerTimes)));
                }
            } else {
                times.addAll(time(rounds, List.of(ours::layerTimes, openMp::layerTimes)));
            }
            return result(model, times);
        }
    }

    /** One run of a network, timed by layer. */
    private interface LayerTimes {
        double[] run();
    }

    private static List<List<double[]>> time(int rounds, List<LayerTimes> networks) {
        List<List<double[]>> times = new ArrayList<>();
        for (LayerTimes network : networks) {
            times.add(new ArrayList<>());
            network.run();
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < networks.size(); i++) {
                RoundRobin.pause();
                times.get(i).add(networks.get(i).run());
            }
        }
        return times;
    }

    private ScenarioResult result(Model model, List<List<double[]>> times) {
        Map<String, List<ModelLayer>> shapes = model.layers().stream()
                .collect(Collectors.groupingBy(ModelLayer::shape, LinkedHashMap::new, Collectors.toList()));
        List<LayerComparison> comparisons = new ArrayList<>();
        shapes.forEach((shape, layers) -> comparisons.add(new LayerComparison(
                shape,
                layers.size(),
                best(times.get(0), layers),
                median(times.get(0), layers),
                fastest(times, of -> best(of, layers)),
                fastest(times, of -> median(of, layers)))));
        String title = "Layers, %s%s, batch %d, %d thread(s), %d rounds"
                .formatted(
                        precision,
                        hold == Hold.NOTHING ? "" : " held to " + hold,
                        batch,
                        threads,
                        times.get(0).size());
        return new ScenarioResult(name(), title, false, List.of(), comparisons, List.of(), List.of());
    }

    /** Returns the time of that one of oneDNN's ways that takes least. */
    private static double fastest(List<List<double[]>> times, ToDoubleFunction<List<double[]>> time) {
        return times.stream().skip(1).mapToDouble(time).min().orElseThrow();
    }

    private static double best(List<double[]> runs, List<ModelLayer> layers) {
        return together(runs, layers)[0];
    }

    private static double median(List<double[]> runs, List<ModelLayer> layers) {
        double[] sums = together(runs, layers);
        return sums[sums.length / 2];
    }

    /** Returns what the layers took together in each run, ascending. */
    private static double[] together(List<double[]> runs, List<ModelLayer> layers) {
        return runs.stream()
                .mapToDouble(run ->
                        layers.stream().mapToDouble(layer -> run[layer.index()]).sum())
                .sorted()
                .toArray();
    }
}
