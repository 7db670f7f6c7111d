/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Measures our kernels against other libraries': tables on the console, {@code benchmark.json} and {@code
 * benchmark.svg} in the folder of the property {@code benchmark.output}. {@code benchmark.only}, {@code
 * benchmark.rounds} and {@code benchmark.runs} say what and how often. Ends with 1 if a contestant's output was wrong.
 */
public final class KernelBenchmark {

    private static final int ROUNDS = 20;

    private KernelBenchmark() {}

    /** Runs the scenarios. */
    public static void main(String[] arguments) {
        Path folder = Path.of(System.getProperty("benchmark.output", "target/benchmark"));
        int rounds = Settings.count("benchmark.rounds", ROUNDS);
        int runs = Settings.count("benchmark.runs", 1);
        int cpus = Cpus.count();
        List<Scenario> all = Scenarios.all(cpus);
        List<Scenario> selected = Selection.of(all, System.getProperty("benchmark.only", ""));

        Map<String, String> environment = Environment.of(Path.of("/"));
        environment.put("compiler", PeerLibrary.INSTANCE.tgb_compiler());
        environment.put("oneDNN", PeerLibrary.INSTANCE.tgb_onednn_version());
        environment.put("ONNX Runtime", OnnxSession.version());
        environment.put("rounds", Integer.toString(rounds));
        environment.forEach((name, value) -> System.out.printf("%-26s %s%n", name, value));

        Launcher children = new ChildProcess(
                BenchmarkProcess.class,
                List.of(Integer.toString(rounds), Integer.toString(cpus)),
                all,
                folder.resolve("process.json"));
        System.exit(new BenchmarkRun(children, folder, environment, Environment.libraryBytes(), System.out)
                .run(selected, runs));
    }
}
