/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is stopped for 2 s in an open loop of 20/s, by SIGSTOP and from outside. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class FreezeTests {

    private static final double NS = 1e9;

    @TempDir
    Path directory;

    @Test
    void isSeenByAllIterationsThatWereDueMeanwhile() throws Exception {
        freeze(Duration.ofSeconds(2));
        String report = report();
        assertThat(number(report, "\"latencyNs\".*?\"max\"") / NS).isBetween(1.9, 3.0);
        assertThat(number(report, "\"delayed\"")).isBetween(35.0, 45.0);
        assertThat(number(report, "\"serviceNs\".*?\"p99\"") / NS).isLessThan(0.5);
        assertThat(number(report, "\"latencyNs\".*?\"n\"")).isEqualTo(100);
    }

    private void freeze(Duration time) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dtailgate.output.dir=" + directory,
                        Frozen.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = child.inputReader()) {
            for (String line = output.readLine(); !Frozen.READY.equals(line); line = output.readLine()) {
                assertThat(line).as("the end of the program's output").isNotNull();
            }
            signal(child, "STOP");
            Thread.sleep(time.toMillis());
            signal(child, "CONT");
            output.lines().forEach(line -> {}); // or it could not write any more
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private static void signal(Process child, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(child.pid()))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    private String report() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            Path json = files.filter(file -> file.toString().endsWith("freeze.json"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no report in " + directory));
            return Files.readString(json);
        }
    }

    private static double number(String json, String path) {
        Matcher found =
                Pattern.compile(path + "\\s*:\\s*([0-9.]+)", Pattern.DOTALL).matcher(json);
        assertThat(found.find()).as("%s in %s", path, json).isTrue();
        return Double.parseDouble(found.group(1));
    }
}
