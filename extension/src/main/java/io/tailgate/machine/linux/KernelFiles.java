/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads files of {@code /proc} and {@code /sys}.
 *
 * <p>Never with {@link Files#readString}: such files have size 0, so it asks for one byte, and an integer sysctl ends
 * there: {@code 65536} would be read as {@code 6}.
 */
final class KernelFiles {

    private static final int SHORT = 1024;

    private KernelFiles() {}

    static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }

    /** Reads a file of one short line, which is read for every thread of the JVM, without the detour over a list. */
    static String shortLine(Path file) throws IOException {
        byte[] bytes = new byte[SHORT];
        try (InputStream in = new FileInputStream(file.toFile())) {
            int length = in.readNBytes(bytes, 0, SHORT);
            return new String(bytes, 0, length, StandardCharsets.ISO_8859_1).strip();
        }
    }

    /** Returns the first line, or what {@code whatFor} needed and could not have. */
    static String line(Path file, String whatFor) {
        return required(file, whatFor).stream().findFirst().orElse("").strip();
    }

    static List<String> required(Path file, String whatFor) {
        try {
            return lines(file);
        } catch (IOException e) {
            throw new MachineException("cannot read " + whatFor + " from " + file + ": " + e, e);
        }
    }

    /** Returns a whole file, read in one go: lines of several reads may not fit together. */
    static String text(Path file, String whatFor) {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new MachineException("cannot read " + whatFor + " from " + file + ": " + e, e);
        }
    }

    /** Returns the first line, or empty where it cannot be read. */
    static Optional<String> lineIfThere(Path file) {
        return linesIfThere(file).stream().findFirst().map(String::strip);
    }

    /** Returns all lines, none where they cannot be read. */
    static List<String> linesIfThere(Path file) {
        try {
            return lines(file);
        } catch (IOException e) {
            return List.of(); // not there, or not for us; whoever asked this way has words for it
        }
    }
}
