/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/** A journal as text; one that is rewritten has a right checksum again, so that it is refused for what it says. */
final class JournalText {

    private static final String CHECKSUM = "crc32 ";

    private JournalText() {}

    static String read(Path journal) throws IOException {
        return new String(Files.readAllBytes(journal), StandardCharsets.US_ASCII);
    }

    static void rewrite(Path journal, String key, String value) throws IOException {
        String text = read(journal);
        String body = text.substring(0, text.lastIndexOf(CHECKSUM));
        assertThat(CHECKSUM + checksum(body) + "\n")
                .as("checksum as the warden wrote it")
                .isEqualTo(text.substring(body.length()));
        String changed = body.replaceFirst("(?m)^" + key + " .*$", key + " " + value);
        assertThat(changed).isNotEqualTo(body);
        Files.writeString(journal, changed + CHECKSUM + checksum(changed) + "\n");
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return String.format("%08x", crc.getValue());
    }
}
