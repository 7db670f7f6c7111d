/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
        String drawn = ComparisonPicture.draw(read(before), read(after));
        try {
            Files.writeString(picture, drawn, UTF_8);
        } catch (IOException e) {
            throw refused("write the picture", picture, e);
        }
    }

    private static ComparedRun read(Path report) throws IOException {
        String name = String.valueOf(report.getFileName());
        if (!name.endsWith(JSON)) {
            throw new IllegalArgumentException(
                    report + ": wanted the JSON file of a report, as in target/tailgate/OrderBookTest/lookup.json");
        }
        Path timeline = report.resolveSibling(name.substring(0, name.length() - JSON.length()) + ".csv");
        try {
            return ComparedRun.of(text("the report", report), text("the timeline beside the report", timeline));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(report + ": " + e.getMessage(), e);
        }
    }

    private static String text(String what, Path file) throws IOException {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw refused("read " + what, file, e);
        }
    }

    /** Says in words what is often told by the kind of exception only, whose message is the bare name of the file. */
    private static IOException refused(String what, Path file, IOException e) {
        String why = String.valueOf(e.getMessage());
        if (e instanceof NoSuchFileException) {
            why = "there is no such file or folder";
        } else if (e instanceof AccessDeniedException) {
            why = "permission denied";
        } else if (e instanceof CharacterCodingException) {
            why = "it is not UTF-8";
        }
        return new IOException("cannot " + what + " " + file + ": " + why, e);
    }
}
