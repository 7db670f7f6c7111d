/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code /proc} says of a process. */
final class ProcessState {

    private static final char GONE = 'X';

    private ProcessState() {}

    static boolean isStopped(long process) {
        return letter(process) == 'T';
    }

    /** A zombie runs no more code and holds no more locks. */
    static boolean isGone(long process) {
        char letter = letter(process);
        return letter == GONE || letter == 'Z';
    }

    private static char letter(long process) {
        try {
            String stat = new String(
                    Files.readAllBytes(Path.of("/proc", Long.toString(process), "stat")), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return GONE;
        }
    }
}
