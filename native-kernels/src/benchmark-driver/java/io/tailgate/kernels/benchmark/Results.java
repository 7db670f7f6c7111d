/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.util.List;
import java.util.Map;

/** Invented results. */
final class Results {

    private Results() {}

    static ScenarioResult empty(String scenario) {
        return of(scenario);
    }

    static ScenarioResult of(String scenario, Measured... measured) {
        return new ScenarioResult(
                scenario, "Title of " + scenario, false, List.of(measured), List.of(), List.of(), List.of());
    }

    static ScenarioResult ofLayers(String scenario, LayerComparison... layers) {
        return new ScenarioResult(
                scenario, "Title of " + scenario, false, List.of(), List.of(layers), List.of(), List.of());
    }

    static ScenarioResult refusing(String scenario, String refusal) {
        return new ScenarioResult(scenario, scenario, false, List.of(), List.of(), List.of(refusal), List.of());
    }

    static Measured ours(Double... milliseconds) {
        return measured(Maker.OURS, "ours, avx512", milliseconds);
    }

    /** A million operations a run: as many giga-operations a second as the milliseconds' inverse. */
    static Measured measured(Maker maker, String name, Double... milliseconds) {
        return new Measured(maker, name, 1e6, List.of(milliseconds), Map.of("threads", "2"), null);
    }
}
