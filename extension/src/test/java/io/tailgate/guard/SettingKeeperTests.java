/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests' own safety net, on a file instead of the host's setting. */
class SettingKeeperTests {

    @BeforeEach
    void needsSetsid() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "needs setsid of util-linux");
    }

    @Test
    void putsBackWhatItRead(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("setting"), "0\n");
        try (SettingKeeper keeper = new SettingKeeper(file)) {
            Files.writeString(file, "1\n");
            signal("TERM", keeper.pid());
        }
        assertThat(file).hasContent("0");
    }

    @Test
    void putsBackWhenItsJvmIsKilled(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("setting"), "0\n");
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Build.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(killed.getInputStream().read()).isEqualTo('1');
        assertThat(file).hasContent("1");

        killed.destroyForcibly().waitFor();

        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!Files.readString(file).equals("0\n") && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(file).hasContent("0");
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    /** Changes what it keeps, says so, and waits to be killed. */
    static final class Build {

        private Build() {}

        public static void main(String[] args) throws Exception {
            try (SettingKeeper keeper = new SettingKeeper(Path.of(args[0]))) {
                Files.writeString(Path.of(args[0]), "1\n");
                System.out.println("1, kept by process " + keeper.pid());
                TimeUnit.MINUTES.sleep(5);
            }
        }
    }
}
