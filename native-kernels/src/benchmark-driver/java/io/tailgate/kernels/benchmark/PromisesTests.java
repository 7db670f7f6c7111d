/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.kernels.benchmark.Acceptance.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromisesTests {

    private static final long MEGABYTE = 1_000_000;

    @Test
    void holdsTheMedianOverTheRunsAgainstTheBound() {
        Acceptance found = found("INT8 VNNI, batch 8: oneDNN / ours", int8(100, 101), int8(100, 104), int8(100, 109));
        assertThat(found.found()).isEqualTo(1.04);
        assertThat(found.ofRuns()).containsExactly(1.01, 1.04, 1.09);
        assertThat(found.outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void saysWhatFallsShort() {
        Acceptance found = found("INT8 VNNI, batch 8: oneDNN / ours", int8(100, 102));
        assertThat(found.outcome()).isEqualTo(Outcome.SHORT);
        assertThat(Acceptance.table(List.of(found), 1))
                .contains("medians over 1 run(s); 3 at least make it count")
                .containsPattern("oneDNN / ours +int8-vnni-b8-t2 +>= 1.03 +1.020  SHORT");
    }

    private static ScenarioResult int8(double ours, double oneDnn) {
        return Results.of("int8-vnni-b8-t2", Results.ours(ours), Results.measured(Maker.ONEDNN, "oneDNN", oneDnn));
    }

    @Test
    void doesNotPassWhatDidNotRun() {
        Acceptance found = found("SGEMM 2048: oneDNN / ours", int8(1, 2));
        assertThat(found.outcome()).isEqualTo(Outcome.NOT_MEASURED);
    }

    @Test
    void tellsTheAlgorithmsApart() {
        ScenarioResult fp32 = Results.of(
                "fp32-b8-t2",
                Results.measured(Maker.OURS, "ours, direct, avx512", 100.0),
                Results.measured(Maker.OURS, "ours, Winograd, avx512", 80.0),
                Results.measured(Maker.ONEDNN, "oneDNN", 120.0));
        assertThat(found("FP32 direct, batch 8: oneDNN / ours", fp32).found()).isEqualTo(1.2);
        assertThat(found("FP32 Winograd, batch 8: oneDNN / ours", fp32).found()).isEqualTo(1.5);
    }

    @Test
    void namesTheSlowestShapeAndCountsThoseBelowTheBound() {
        ScenarioResult layers = Results.ofLayers(
                "layers-fp32-b8-t2",
                new LayerComparison("1x1 a", 1, 1, 1, 1, 0.96),
                new LayerComparison("1x1 b", 1, 1, 1, 1, 0.90),
                new LayerComparison("3x3", 1, 1, 1, 1, 2));
        Acceptance found = found("the slowest shape: oneDNN / ours", layers);
        assertThat(found.found()).isEqualTo(0.90);
        assertThat(found.remark()).isEqualTo("1x1 b; 2 of 3 below");
        assertThat(found.outcome()).isEqualTo(Outcome.SHORT);
    }

    @Test
    void comparesTailsNotTimes() {
        ScenarioResult jitter = Results.of(
                "jitter-int8", Results.ours(1.0, 1.0, 1.1), Results.measured(Maker.ONEDNN, "oneDNN", 1.0, 1.0, 2.2));
        assertThat(found("p99/p50 of INT8 best, batch 1: oneDNN's / ours", jitter)
                        .found())
                .isEqualTo(2);
    }

    @Test
    void holdsSecondsAndBytesBelowTheirBounds() {
        assertThat(found("cold start, FP32, s", Results.of("cold-start-fp32", Results.ours(3100.0)))
                        .outcome())
                .isEqualTo(Outcome.SHORT);
        assertThat(found("cold start, INT8, s", Results.of("cold-start-int8", Results.ours(3100.0)))
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(found("the library's size, MB").outcome()).isEqualTo(Outcome.PASS);
    }

    private static Acceptance found(String what, ScenarioResult... runs) {
        List<OverRuns> overRuns =
                OverRuns.of(List.of(runs).stream().map(List::of).toList());
        return Promises.check(overRuns, MEGABYTE).stream()
                .filter(each -> each.what().equals(what))
                .findFirst()
                .orElseThrow();
    }
}
