/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextReportTests {

    @Test
    void givesTimesWithTheirNumberSpeedPeakAndCheck() {
        Measured ours = new Measured(
                Maker.OURS, "ours", 2e9, List.of(4.0, 5.0, 6.0), Map.of(), new OutputCheck(0.99979, 0.075));
        String text = TextReport.of(Results.of("int8-b8-t2", ours, Results.measured(Maker.PEAK, "FMA", 0.002)));
        assertThat(text)
                .startsWith("Title of int8-b8-t2   [int8-b8-t2]\n")
                .containsPattern("ours +best +4.00 ms +median +5.00 ms +n = 3 +400 GOP/s = +80.0 % of the peak +cosine "
                        + "0.99979, worst 7.5e-02")
                .containsPattern("peak: FMA +best");
    }

    @Test
    void givesBothRatiosToEveryPeer() {
        String text = TextReport.of(Results.of(
                "x",
                Results.ours(10.0, 20.0, 20.0),
                Results.measured(Maker.ONEDNN, "oneDNN", 11.0, 24.0, 24.0),
                Results.measured(Maker.ONNX_RUNTIME, "ORT", 20.0, 30.0, 30.0)));
        assertThat(text)
                .containsPattern("oneDNN's time / ours, avx512 +best 1.100  median 1.200")
                .containsPattern("ONNX Runtime's time / ours, avx512 +best 2.000  median 1.500");
    }

    @Test
    void addsUpTheLayers() {
        String text = TextReport.of(Results.ofLayers(
                "layers", new LayerComparison("1x1", 3, 1, 2, 2, 3), new LayerComparison("3x3", 2, 2, 2, 2, 5)));
        assertThat(text)
                .containsPattern("1x1 +3 +1.000 +2.000 +2.000 +3.000 +2.000 +1.500")
                .containsPattern("all +5 +3.000 +4.000 +4.000 +8.000 +1.333 +2.000");
    }

    @Test
    void saysWhoIsNotReported() {
        assertThat(TextReport.of(Results.refusing("x", "oneDNN computes something else")))
                .contains("  NOT REPORTED: oneDNN computes something else");
    }

    @Test
    void givesTheTailWhereItIsThePoint() {
        ScenarioResult jitter = new ScenarioResult(
                "jitter", "Jitter", true, List.of(Results.ours(2.0, 2.0, 3.0)), List.of(), List.of(), List.of());
        assertThat(TextReport.of(jitter)).contains("p99 3.00 ms = 1.500 x p50");
    }
}
