/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of answers, and the promises that it breaks. Nothing fails before the whole table is printed. */
final class Surface {

    private static final Path FOLDER = Path.of("target", "calibration");

    private final String title;
    private final List<String> lines = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    Surface(String title, String... columns) {
        this.title = title;
        row((Object[]) columns);
        lines.add("|" + "---|".repeat(columns.length));
    }

    void row(Object... cells) {
        StringBuilder line = new StringBuilder("|");
        for (Object cell : cells) {
            line.append(' ').append(cell).append(" |");
        }
        lines.add(line.toString());
    }

    /** Notes a broken promise unless {@code kept}. */
    void promise(boolean kept, String promise, Object... arguments) {
        if (!kept) {
            broken.add(String.format(Locale.ROOT, promise, arguments));
        }
    }

    /** Prints the table, keeps it as {@code target/calibration/<file>.md}, and fails if a promise was broken. */
    void close(String file) {
        String text = "### " + title + "\n\n" + String.join("\n", lines) + "\n";
        System.out.println(text);
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(file + ".md"), text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + FOLDER.resolve(file), e);
        }
        assertThat(broken).as("broken promises of: " + title).isEmpty();
    }
}
