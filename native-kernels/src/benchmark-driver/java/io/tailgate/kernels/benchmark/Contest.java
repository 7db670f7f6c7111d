/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import io.tailgate.kernels.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Builds contestants, times them in turn, and leaves out by name those that could not be built or are wrong. */
final class Contest implements AutoCloseable {

    private final Precision precision;
    private final Map<Timed, Maker> makers = new LinkedHashMap<>();
    private final Map<Timed, OutputCheck> checks = new LinkedHashMap<>();
    private final List<String> refused = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private double operations;

    Contest(Precision precision) {
        this.precision = precision;
    }

    /** Takes part, unless it has no kernels for what it is held to. */
    void enter(Maker maker, Supplier<? extends Timed> contestant) {
        try {
            makers.put(contestant.get(), maker);
        } catch (UnsupportedOperationException e) {
            remarks.add("left out: " + e.getMessage());
        }
    }

    void remark(String remark) {
        remarks.add(remark);
    }

    /** Sets the nominal operations of a run. */
    void operations(double ofARun) {
        this.operations = ofARun;
    }

    /** Runs a contestant once and keeps it only if its output is right. */
    void check(Timed contestant, Supplier<float[]> output, float[] reference) {
        contestant.run();
        OutputCheck check = OutputCheck.of(output.get(), reference);
        checks.put(contestant, check);
        if (!check.passes(precision)) {
            refused.add("%s computes something else: cosine %.5f, worst difference %.3g root mean squares"
                    .formatted(contestant.name(), check.cosine(), check.worst()));
            makers.remove(contestant);
            contestant.close();
        }
    }

    List<Timed> contestants() {
        return List.copyOf(makers.keySet());
    }

    ScenarioResult result(Scenario scenario, String title, boolean tail, List<List<Double>> times) {
        List<Measured> measured = new ArrayList<>();
        List<Timed> contestants = contestants();
        for (int i = 0; i < contestants.size(); i++) {
            Timed contestant = contestants.get(i);
            measured.add(new Measured(
                    makers.getOrDefault(contestant, Maker.PEAK),
                    contestant.name(),
                    contestant.ownOperations().orElse(operations),
                    times.get(i),
                    contestant.settings(),
                    checks.get(contestant)));
        }
        return new ScenarioResult(scenario.name(), title, tail, measured, List.of(), refused, remarks);
    }

    @Override
    public void close() {
        makers.keySet().forEach(Timed::close);
    }
}
