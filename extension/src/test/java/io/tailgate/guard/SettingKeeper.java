/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Puts the content of a file back when it is closed, and also when this JVM is killed.
 *
 * <p>A process of its own reads from a pipe whose other end only this JVM holds; the kernel closes it in any case.
 */
final class SettingKeeper implements AutoCloseable {

    private final Path file;
    private final String before;
    private final Process restorer;

    SettingKeeper(Path file) throws IOException {
        this.file = file;
        before = read();
        restorer = new ProcessBuilder(
                        "setsid",
                        "sh",
                        "-c",
                        "trap '' INT TERM HUP; echo ready; read -r _; echo \"$1\" >\"$2\"",
                        "keep",
                        before,
                        file.toString())
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
        restorer.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(read()).isEqualTo(before);
    }

    private String read() throws IOException {
        return Files.readAllLines(file).get(0); // readString would stop behind the first digit of a sysctl
    }
}
