/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tailgate.kernels.benchmark.ScenarioResult.Speedup;
import org.junit.jupiter.api.Test;

class ScenarioResultTests {

    @Test
    void comparesWithAPeersBestWayForEitherFigureByItself() {
        ScenarioResult result = Results.of(
                "x",
                Results.ours(10.0, 20.0, 30.0),
                Results.measured(Maker.ONEDNN, "best is best", 12.0, 60.0, 60.0),
                Results.measured(Maker.ONEDNN, "median is best", 25.0, 26.0, 26.0),
                Results.measured(Maker.ONNX_RUNTIME, "other", 40.0, 40.0, 40.0));
        assertThat(result.speedups())
                .containsExactly(
                        new Speedup(Maker.ONEDNN, "ours, avx512", 1.2, 1.3),
                        new Speedup(Maker.ONNX_RUNTIME, "ours, avx512", 4, 2));
    }

    @Test
    void comparesWithNobodyWhoDidNotRun() {
        assertThat(Results.of("x", Results.ours(1.0)).speedups()).isEmpty();
    }

    @Test
    void relatesSpeedToThePeakOfTheSameRounds() {
        Measured ours = Results.ours(10.0);
        ScenarioResult result = Results.of("x", ours, Results.measured(Maker.PEAK, "FMA", 8.0));
        assertThat(result.shareOfPeak(ours).orElseThrow()).isEqualTo(0.8, within(1e-9));
        assertThat(result.shareOfPeak(result.peak().orElseThrow())).isEmpty();
        assertThat(Results.of("x", ours).shareOfPeak(ours)).isEmpty();
    }

    @Test
    void poolsTheTimesOfProcessesAndKeepsEveryRefusal() {
        ScenarioResult pooled = Results.of("x", Results.ours(1.0))
                .with(Results.of("x", Results.ours(3.0)))
                .with(Results.refusing("x", "wrong"));
        assertThat(pooled.measured().get(0).milliseconds()).containsExactly(1.0, 3.0);
        assertThat(pooled.refused()).containsExactly("wrong");
    }
}
