/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Guards of other builds on this host: they hold the same settings, and look like a violation here. */
final class OtherGuards {

    private static final Path STATE_DIRECTORY = Path.of("/run/tailgate");

    private OtherGuards() {}

    /** Returns what a reader of a violation should know, mostly nothing. */
    static String wordsSince(Instant begun) throws IOException {
        if (!Files.isDirectory(STATE_DIRECTORY)
                || Files.getLastModifiedTime(STATE_DIRECTORY).toInstant().isBefore(begun)) {
            return "";
        }
        return String.format("%n  note: another guard was at work in %s meanwhile", STATE_DIRECTORY);
    }
}
