/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonResultsTests {

    @TempDir
    private Path folder;

    @Test
    void readsBackWhatItWrote() {
        Path file = folder.resolve("new").resolve("process.json");
        List<ScenarioResult> results = List.of(
                Results.of("x", Results.ours(1.0, 2.0), Results.measured(Maker.ONEDNN, "oneDNN", 3.0)),
                Results.ofLayers("layers", new LayerComparison("1x1", 3, 1, 2, 3, 4)),
                Results.refusing("y", "wrong"));
        JsonResults.write(file, results);
        assertThat(JsonResults.read(file)).isEqualTo(results);
    }

    @Test
    void doesNotTakeHalfAFileForResults() throws IOException {
        Path file = folder.resolve("half.json");
        Files.writeString(file, "[ {");
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> JsonResults.read(file));
    }

    @Test
    void writesEverythingThatAReaderNeeds() throws IOException {
        Path file = folder.resolve("benchmark.json");
        List<OverRuns> overRuns = OverRuns.of(List.of(List.of(
                Results.of(
                        "int8-b8-t2", Results.ours(10.0, 20.0, 20.0), Results.measured(Maker.ONEDNN, "oneDNN", 30.0)),
                Results.ofLayers("layers", new LayerComparison("1x1", 3, 1, 2, 3, 4)))));
        JsonResults.write(
                file,
                new BenchmarkReport(
                        Map.of("cpu", "a CPU"), 1, Promises.check(overRuns, 1), overRuns, List.of("one died")));

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.at("/environment/cpu").asText()).isEqualTo("a CPU");
        assertThat(json.at("/runs").asInt()).isEqualTo(1);
        assertThat(json.at("/failures/0").asText()).isEqualTo("one died");
        assertThat(json.at("/scenarios/0/scenario").asText()).isEqualTo("int8-b8-t2");
        assertThat(json.at("/scenarios/0/speedups/0/median").asDouble()).isEqualTo(1.5);
        assertThat(json.at("/scenarios/0/runs/0/measured/0/milliseconds")).hasSize(3);
        assertThat(json.at("/scenarios/0/runs/0/measured/0/settings/threads").asText())
                .isEqualTo("2");
        assertThat(json.at("/scenarios/1/runs/0/layers/0/bestRatio").asDouble()).isEqualTo(3);
        assertThat(json.at("/scenarios/1/runs/0/layers/0/ratio").asDouble()).isEqualTo(2);
        assertThat(json.at("/acceptance/3/found").asDouble()).isEqualTo(1.5);
        assertThat(json.at("/acceptance/3/outcome").asText()).isEqualTo("PASS");
    }
}
