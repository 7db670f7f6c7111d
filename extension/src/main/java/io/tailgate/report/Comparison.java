/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two reports as one picture. */
public final class Comparison {

    private static final String JSON = ".json";

    private Comparison() {}

    /**
     * Draws two runs on the same axes, from their JSON reports and the timelines beside these.
     *
     * @throws IOException if a file cannot be read or written
     * @throws IllegalArgumentException if a file is no report of ours, with its name
     */
    public static void write(Path before, Path after, Path picture) throws IOException {
        Files.writeString(picture, ComparisonPicture.draw(read(before), read(after)), UTF_8);
    }

    private static ComparedRun read(Path report) throws IOException {
        String name = String.valueOf(report.getFileName());
        if (!name.endsWith(JSON)) {
            throw new IllegalArgumentException(
                    report + ": wanted the JSON file of a report, as in target/tailgate/OrderBookTest/lookup.json");
        }
        Path timeline = report.resolveSibling(name.substring(0, name.length() - JSON.length()) + ".csv");
        try {
            return ComparedRun.of(Files.readString(report, UTF_8), Files.readString(timeline, UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(report + ": " + e.getMessage(), e);
        }
    }
}
