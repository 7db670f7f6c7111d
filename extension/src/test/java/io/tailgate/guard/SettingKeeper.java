/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Puts the content of files back when it is closed, and also when this JVM is killed.
 *
 * <p>A process of its own reads from a pipe whose other end only this JVM holds; the kernel closes it in any case.
 */
final class SettingKeeper implements AutoCloseable {

    /** Writes only what differs: some files of the kernel cannot even be given what they have. */
    private static final String RESTORE = """
            trap '' INT TERM HUP
            echo ready
            read -r _
            while [ $# -gt 0 ]; do
                [ "$(cat "$1")" = "$2" ] || echo "$3" >"$1"
                shift 3
            done
            """;

    private final Map<Path, String> before = new LinkedHashMap<>();
    private final Process restorer;

    SettingKeeper(Path... files) throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", RESTORE, "keep"));
        for (Path file : files) {
            String content = read(file);
            before.put(file, content);
            command.addAll(List.of(file.toString(), content, chosen(content)));
        }
        restorer = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat((char) restorer.getInputStream().read()).isEqualTo('r'); // from now on it survives signals
    }

    long pid() {
        return restorer.pid();
    }

    @Override
    public void close() throws IOException {
        restorer.getOutputStream().close();
        restorer.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        for (Map.Entry<Path, String> file : before.entrySet()) {
            assertThat(read(file.getKey())).as(file.getKey().toString()).isEqualTo(file.getValue());
        }
    }

    /** Returns {@code madvise} of {@code always [madvise] never}. */
    private static String chosen(String content) {
        int bracket = content.indexOf('[');
        return bracket < 0 ? content : content.substring(bracket + 1, content.indexOf(']'));
    }

    static String read(Path file) throws IOException {
        return Files.readAllLines(file).get(0); // readString would stop behind the first digit of a sysctl
    }
}
