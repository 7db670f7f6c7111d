/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The child process: runs its scenarios, which all hold to the same, and writes what they showed. */
final class BenchmarkProcess {

    private BenchmarkProcess() {}

    /**
     * Runs scenarios.
     *
     * @param arguments the number of rounds and of CPUs, the file for the results, the places of the scenarios
     */
    public static void main(String[] arguments) {
        int rounds = Integer.parseInt(arguments[0]);
        List<Scenario> all = Scenarios.all(Integer.parseInt(arguments[1]));
        List<Scenario> mine = IntStream.range(3, arguments.length)
                .mapToObj(i -> all.get(Integer.parseInt(arguments[i])))
                .toList();
        if (mine.get(0).hold().refusesAmx()) {
            ModelLibrary.check(PeerLibrary.INSTANCE.tgb_refuse_amx()); // before anything asks for it
        }
        List<ScenarioResult> results = new ArrayList<>();
        for (Scenario scenario : mine) {
            ScenarioResult result = scenario.measure(rounds);
            System.out.println(TextReport.of(result));
            results.add(result);
        }
        JsonResults.write(Path.of(arguments[2]), results);
    }
}
