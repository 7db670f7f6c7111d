/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailgate.kernels.benchmark.ScenarioResult.Speedup;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverRunsTests {

    @Test
    void takesTheMedianOfRatiosNotTheRatioOfMedians() {
        OverRuns all = OverRuns.of(List.of(run(10, 11), run(20, 26), run(5, 6))).get(0);
        assertThat(all.speedup(Maker.ONEDNN, "ours, avx512").orElseThrow())
                .isEqualTo(new Speedup(Maker.ONEDNN, "ours, avx512", 1.2, 1.2));
        assertThat(all.figures()).extracting(OverRuns.Figure::medianMillis).containsExactly(10.0, 11.0);
    }

    private static List<ScenarioResult> run(double ours, double oneDnn) {
        return List.of(Results.of("x", Results.ours(ours), Results.measured(Maker.ONEDNN, "oneDNN", oneDnn)));
    }

    @Test
    void takesTheMeanOfTheTwoInTheMiddle() {
        OverRuns all = OverRuns.of(List.of(run(10, 10), run(10, 12))).get(0);
        assertThat(all.speedups().get(0).median()).isEqualTo(1.1, within(1e-9));
    }

    @Test
    void keepsScenariosApartAndInOrder() {
        List<ScenarioResult> one = List.of(Results.empty("b"), Results.empty("a"));
        List<ScenarioResult> other = List.of(Results.empty("a"), Results.empty("c"));
        assertThat(OverRuns.of(List.of(one, other)))
                .extracting(OverRuns::scenario)
                .containsExactly("b", "a", "c");
    }

    @Test
    void takesMediansOfEveryShape() {
        OverRuns all =
                OverRuns.of(List.of(layers(1.0), layers(0.9), layers(1.4))).get(0);
        assertThat(all.shapes()).containsExactly(new OverRuns.Shape("1x1", 3, 0.5, 1.0));
    }

    private static List<ScenarioResult> layers(double ratio) {
        return List.of(Results.ofLayers("layers", new LayerComparison("1x1", 3, 2, 10, 1, 10 * ratio)));
    }
}
