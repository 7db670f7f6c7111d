/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkRunTests {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void reportsMediansOverTheRunsInTablesJsonAndAPicture() throws IOException {
        Scenario scenario = answering(
                Results.of("int8-vnni-b8-t2", Results.ours(10.0), Results.measured(Maker.ONEDNN, "oneDNN", 12.0)));
        assertThat(run(BenchmarkRunTests::answers, 3, scenario)).isZero();
        assertThat(printed())
                .contains("Run 3 of 3")
                .containsPattern("int8-vnni-b8-t2 +ours, avx512 +10.00 ms +oneDNN 1.200")
                .containsPattern("batch 8: oneDNN / ours .*1.200  pass  runs: 1.200 1.200 1.200");
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("benchmark.json").toFile());
        assertThat(json.at("/environment/cpu").asText()).isEqualTo("a CPU");
        assertThat(json.at("/scenarios/0/runs")).hasSize(3);
        assertThat(folder.resolve("benchmark.svg")).content().contains("1.20 oneDNN");
    }

    @Test
    void endsWithOneIfAnOutputWasWrong() {
        Scenario scenario = answering(Results.refusing("fp32-b8-t2", "oneDNN computes something else"));
        assertThat(run(BenchmarkRunTests::answers, 1, scenario)).isEqualTo(1);
    }

    @Test
    void reportsAProcessThatDiedAndRunsTheOthers() throws IOException {
        Scenario dies = new FakeScenario("jitter-int8", Hold.VNNI, 2, 1, Results.empty("jitter-int8"));
        Scenario works = FakeScenario.named("fp32-b8-t2");
        int status = run(BenchmarkRunTests::answersUnlessHeld, 1, dies, works);
        assertThat(status).isEqualTo(1);
        assertThat(printed()).contains("FAILED: jitter-int8 died");
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("benchmark.json").toFile());
        assertThat(json.at("/failures/0").asText()).isEqualTo("jitter-int8 died");
        assertThat(json.at("/scenarios/0/scenario").asText()).isEqualTo("fp32-b8-t2");
    }

    @Test
    void poolsTheProcessesOfAScenario() throws IOException {
        Scenario cold = new FakeScenario(
                "cold-start-fp32", Hold.NOTHING, 2, 3, Results.of("cold-start-fp32", Results.ours(1.0)));
        run(BenchmarkRunTests::answers, 1, cold);
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("benchmark.json").toFile());
        assertThat(json.at("/scenarios/0/runs/0/measured/0/milliseconds")).hasSize(3);
    }

    @Test
    void sharesAProcessOnlyAmongTheSameThreadsHeldToTheSame() {
        Scenario one = FakeScenario.named("one");
        Scenario two = FakeScenario.named("two");
        Scenario held = new FakeScenario("held", Hold.AVX2, 2, 1, Results.empty("held"));
        Scenario single = new FakeScenario("single", Hold.NOTHING, 1, 1, Results.empty("single"));
        Scenario alone = new FakeScenario("alone", Hold.NOTHING, 2, 3, Results.empty("alone"));
        assertThat(BenchmarkRun.groups(List.of(one, held, two, single, alone)))
                .containsExactly(List.of(one, two), List.of(held), List.of(single), List.of(alone));
    }

    private int run(Launcher launcher, int runs, Scenario... scenarios) {
        PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new BenchmarkRun(launcher, folder, Map.of("cpu", "a CPU"), 1_000_000, to).run(List.of(scenarios), runs);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Scenario answering(ScenarioResult answer) {
        return new FakeScenario(answer.scenario(), Hold.NOTHING, 2, 1, answer);
    }

    private static List<ScenarioResult> answers(List<Scenario> scenarios) {
        return scenarios.stream().map(scenario -> scenario.measure(1)).toList();
    }

    private static List<ScenarioResult> answersUnlessHeld(List<Scenario> scenarios) throws ChildFailure {
        if (scenarios.get(0).hold() != Hold.NOTHING) {
            throw new ChildFailure(scenarios.get(0).name() + " died");
        }
        return answers(scenarios);
    }
}
