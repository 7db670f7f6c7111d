/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs scenarios, one run after the other, and reports: the story of a benchmark. */
final class BenchmarkRun {

    private final Launcher launcher;
    private final Path folder;
    private final Map<String, String> environment;
    private final long libraryBytes;
    private final PrintStream out;
    private final List<String> failures = new ArrayList<>();

    BenchmarkRun(Launcher launcher, Path folder, Map<String, String> environment, long libraryBytes, PrintStream out) {
        this.launcher = launcher;
        this.folder = folder;
        this.environment = environment;
        this.libraryBytes = libraryBytes;
        this.out = out;
    }

    /**
     * Runs them all {@code runs} times.
     *
     * @return 0; 1 if a process failed or the output of a contestant was wrong
     */
    int run(List<Scenario> scenarios, int runs) {
        List<List<ScenarioResult>> results = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            out.printf("Run %d of %d%n", run, runs);
            List<ScenarioResult> ofRun = new ArrayList<>();
            for (List<Scenario> group : groups(scenarios)) {
                ofRun.addAll(run(group));
            }
            results.add(ofRun);
            write(results);
        }
        List<OverRuns> overRuns = OverRuns.of(results);
        out.println(Summary.of(overRuns));
        out.println(Acceptance.table(Promises.check(overRuns, libraryBytes), runs));
        failures.forEach(failure -> out.println("FAILED: " + failure));
        boolean right = results.stream()
                .flatMap(List::stream)
                .allMatch(result -> result.refused().isEmpty());
        return right && failures.isEmpty() ? 0 : 1;
    }

    /** After every run: an hour's results should not be lost with its last minutes. */
    private void write(List<List<ScenarioResult>> results) {
        List<OverRuns> overRuns = OverRuns.of(results);
        JsonResults.write(
                folder.resolve("benchmark.json"),
                new BenchmarkReport(
                        environment,
                        results.size(),
                        Promises.check(overRuns, libraryBytes),
                        overRuns,
                        List.copyOf(failures)));
        BenchmarkPicture.write(folder.resolve("benchmark.svg"), overRuns);
    }

    /** What may share a process: the same threads, for OpenMP's are bound once, held to the same. */
    static Collection<List<Scenario>> groups(List<Scenario> scenarios) {
        return scenarios.stream()
                .collect(Collectors.groupingBy(
                        scenario ->
                                scenario.processes() > 1 ? scenario.name() : scenario.hold() + " " + scenario.threads(),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values();
    }

    private List<ScenarioResult> run(List<Scenario> group) {
        Map<String, ScenarioResult> results = new LinkedHashMap<>();
        for (int process = 0; process < group.get(0).processes(); process++) {
            try {
                for (ScenarioResult result : launcher.run(group)) {
                    results.merge(result.scenario(), result, ScenarioResult::with);
                }
            } catch (ChildFailure e) {
                out.println("FAILED: " + e.getMessage());
                failures.add(e.getMessage());
            }
        }
        return List.copyOf(results.values());
    }
}
