/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures our kernels against other libraries': tables on the console, {@code benchmark.json} and {@code
 * benchmark.svg} in the folder of the property {@code benchmark.output}. {@code benchmark.only} and {@code
 * benchmark.rounds} say what and how often. Ends with 1 if a contestant's output was wrong.
 */
public final class KernelBenchmark {

    private KernelBenchmark() {}

    /** Runs the scenarios. */
    public static void main(String[] arguments) {
        Path folder = Path.of(System.getProperty("benchmark.output", "target/benchmark"));
        int rounds = Integer.getInteger("benchmark.rounds", 20);
        int cpus = Cpus.count();
        List<Scenario> all = Scenarios.all(cpus);
        List<Scenario> selected = Scenarios.select(all, System.getProperty("benchmark.only", ""));

        System.out.printf("oneDNN %s, %d CPUs, %d rounds%n", PeerLibrary.INSTANCE.tgb_onednn_version(), cpus, rounds);
        List<ScenarioResult> results = new ArrayList<>();
        for (List<Scenario> group : groups(selected)) {
            results.addAll(run(group, all, List.of(Integer.toString(rounds), Integer.toString(cpus)), folder));
        }
        JsonResults.write(folder.resolve("benchmark.json"), results);
        BenchmarkPicture.write(folder.resolve("benchmark.svg"), results);
        System.out.println(Summary.of(results));
        System.exit(results.stream().allMatch(result -> result.refused().isEmpty()) ? 0 : 1);
    }

    /** What may share a process: the same threads, for OpenMP's are bound once, held to the same. */
    private static Collection<List<Scenario>> groups(List<Scenario> scenarios) {
        return scenarios.stream()
                .collect(Collectors.groupingBy(
                        scenario ->
                                scenario.processes() > 1 ? scenario.name() : scenario.hold() + " " + scenario.threads(),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values();
    }

    private static List<ScenarioResult> run(
            List<Scenario> group, List<Scenario> all, List<String> settings, Path folder) {
        Map<String, ScenarioResult> results = new LinkedHashMap<>();
        for (int process = 0; process < group.get(0).processes(); process++) {
            for (ScenarioResult result : runOnce(group, all, settings, folder)) {
                results.merge(result.scenario(), result, ScenarioResult::with);
            }
        }
        return List.copyOf(results.values());
    }

    private static List<ScenarioResult> runOnce(
            List<Scenario> group, List<Scenario> all, List<String> settings, Path folder) {
        try {
            Path file = Files.createDirectories(folder).resolve("process.json");
            ProcessBuilder child =
                    new ProcessBuilder(command(settings, file, Scenarios.places(all, group))).inheritIO();
            group.get(0).hold().putInto(child.environment());
            int status = child.start().waitFor();
            if (status != 0) {
                throw new IllegalStateException(
                        "the process of " + group.get(0).name() + " ended with " + status + "; it said why above");
            }
            List<ScenarioResult> results = JsonResults.read(file);
            Files.delete(file);
            return results;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("the benchmark was interrupted", e);
        }
    }

    private static List<String> command(List<String> settings, Path file, List<Integer> places) {
        return Stream.of(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx2g",
                                "-classpath",
                                System.getProperty("java.class.path"),
                                BenchmarkProcess.class.getName()),
                        settings.stream(),
                        Stream.of(file.toString()),
                        places.stream().map(Object::toString))
                .flatMap(each -> each)
                .toList();
    }
}
