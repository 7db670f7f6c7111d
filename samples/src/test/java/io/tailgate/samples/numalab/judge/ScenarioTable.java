/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab.judge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Writes {@code table.txt} beside the results: each scenario, how often it ran, its figures, green or red. */
final class ScenarioTable implements TestWatcher, AfterAllCallback {

    private final Map<String, Integer> broken = new TreeMap<>();

    @Override
    public void testSuccessful(ExtensionContext claim) {
        broken.merge(scenario(claim), 0, Integer::sum);
    }

    @Override
    public void testFailed(ExtensionContext claim, Throwable cause) {
        broken.merge(scenario(claim), 1, Integer::sum);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (context.getRequiredTestClass().isAnnotationPresent(Nested.class)) {
            return;
        }
        Path folder = ResultsParameter.folder(context);
        Figures figures = new Figures(new Results(folder));
        String table = broken.entrySet().stream()
                .map(scenario -> rows(scenario.getKey(), scenario.getValue(), figures))
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("table.txt"), table);
    }

    private static String scenario(ExtensionContext claim) {
        return claim.getTags().iterator().next();
    }

    private static String rows(String scenario, int broken, Figures figures) {
        String colour = broken == 0 ? "green" : "RED, " + broken + " claims broken";
        String head = scenario + "  " + colour + System.lineSeparator();
        try {
            return figures.of(scenario).stream()
                    .map(line -> "   " + line.what() + ", " + line.runs() + " times: " + line.figures()
                            + System.lineSeparator())
                    .collect(Collectors.joining("", head, ""));
        } catch (AssertionError missing) {
            return head + "   " + missing.getMessage() + System.lineSeparator();
        }
    }
}
