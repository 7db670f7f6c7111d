/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs scenarios in a Java process of their own, which writes their results to a file.
 *
 * @param main its main class; gets the settings, the file, and the places of the scenarios among all
 */
record ChildProcess(Class<?> main, List<String> settings, List<Scenario> all, Path file) implements Launcher {

    @Override
    public List<ScenarioResult> run(List<Scenario> scenarios) throws ChildFailure {
        String names = String.join(", ", scenarios.stream().map(Scenario::name).toList());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            ProcessBuilder child = new ProcessBuilder(command(Selection.places(all, scenarios))).inheritIO();
            scenarios.get(0).hold().putInto(child.environment());
            int status = child.start().waitFor();
            if (status != 0) {
                throw new ChildFailure("the process of %s ended with %d; it said why above".formatted(names, status));
            }
            if (!Files.exists(file)) {
                throw new ChildFailure("the process of %s ended with 0, but left no results".formatted(names));
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

    private List<String> command(List<Integer> places) {
        return Stream.of(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx2g",
                                "-classpath",
                                System.getProperty("java.class.path"),
                                main.getName()),
                        settings.stream(),
                        Stream.of(file.toString()),
                        places.stream().map(Object::toString))
                .flatMap(each -> each)
                .toList();
    }
}
