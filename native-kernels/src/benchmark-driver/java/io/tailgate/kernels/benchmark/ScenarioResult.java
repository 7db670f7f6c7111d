/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What a scenario showed.
 *
 * @param tail whether its percentiles are the point
 * @param refused contestants whose output was wrong, each as a sentence
 * @param remarks what a reader must know
 */
record ScenarioResult(
        String scenario,
        String title,
        boolean tail,
        List<Measured> measured,
        List<LayerComparison> layers,
        List<String> refused,
        List<String> remarks) {

    /** How much faster ours is: the best way of a peer over it. */
    record Speedup(Maker peer, String ours, double best, double median) {}

    List<Measured> of(Maker maker) {
        return measured.stream().filter(each -> each.maker() == maker).toList();
    }

    @JsonProperty
    List<Speedup> speedups() {
        return of(Maker.OURS).stream()
                .flatMap(ours ->
                        Stream.of(Maker.ONEDNN, Maker.ONNX_RUNTIME).flatMap(peer -> speedup(peer, ours).stream()))
                .toList();
    }

    private Optional<Speedup> speedup(Maker peer, Measured ours) {
        if (of(peer).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Speedup(
                peer,
                ours.name(),
                fastest(peer, Measured::bestMillis) / ours.bestMillis(),
                fastest(peer, Measured::medianMillis) / ours.medianMillis()));
    }

    private double fastest(Maker peer, ToDoubleFunction<Measured> time) {
        return of(peer).stream().mapToDouble(time).min().orElseThrow();
    }

    Optional<Measured> peak() {
        return of(Maker.PEAK).stream().max(Comparator.comparingDouble(Measured::medianSpeed));
    }

    /** Returns how much of the peak's speed in the same rounds a contestant reached; none where it means nothing. */
    OptionalDouble shareOfPeak(Measured each) {
        Optional<Measured> peak = peak();
        return each.operations() == 0 || each.maker() == Maker.PEAK || peak.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(each.medianSpeed() / peak.get().medianSpeed());
    }

    /** Pools the runs of two processes. */
    ScenarioResult with(ScenarioResult other) {
        List<Measured> pooled = new ArrayList<>();
        for (Measured mine : measured) {
            List<Double> all = new ArrayList<>(mine.milliseconds());
            other.measured.stream()
                    .filter(each -> each.name().equals(mine.name()))
                    .forEach(each -> all.addAll(each.milliseconds()));
            pooled.add(new Measured(mine.maker(), mine.name(), mine.operations(), all, mine.settings(), mine.check()));
        }
        List<String> wrong = Stream.concat(refused.stream(), other.refused.stream())
                .distinct()
                .toList();
        return new ScenarioResult(scenario, title, tail, pooled, layers, wrong, remarks);
    }
}
