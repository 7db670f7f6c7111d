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
import java.util.ArrayList;
import java.util.List;
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
    private static final int RUNS = 5;

    @TempDir
    Path directory;

    /** The program that sends a signal takes its time, too: for how many seconds it was frozen lies in between. */
    private record Freeze(double least, double most) {}

    @Test
    void isSeenByAllIterationsThatWereDueMeanwhile() throws Exception {
        List<String> seen = new ArrayList<>();
        boolean nothingElse = false;
        for (int run = 0; run < RUNS && !nothingElse; run++) {
            nothingElse = freezeIsSeen(seen);
        }
        assertThat(nothingElse)
                .as("one run in which nothing was late but what was due meanwhile, of %s", seen)
                .isTrue();
    }

    /** Returns whether the freeze was all that happened: on a busy machine other iterations may be late, too. */
    private boolean freezeIsSeen(List<String> seen) throws IOException, InterruptedException {
        Freeze freeze = freeze(Duration.ofSeconds(2));
        String report = report();
        double longest = number(report, "\"latencyNs\".*?\"max\"") / NS;
        double delayed = number(report, "\"delayed\"");
        double service = number(report, "\"serviceNs\".*?\"p99\"") / NS;
        seen.add(freeze + ": longest " + longest + " s, delayed " + delayed + ", p99 of the service " + service + " s");
        assertThat(number(report, "\"latencyNs\".*?\"n\"")).isEqualTo(100);
        assertThat(longest).isGreaterThan(freeze.least - 0.1);
        assertThat(delayed)
                .as("of 20 a second, 80 after the first 20")
                .isGreaterThan(Math.min(20 * freeze.least - 5, 60));
        return longest < 1 + freeze.most && delayed < 20 * freeze.most + 5 && service < 0.5;
    }

    private Freeze freeze(Duration time) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dtailgate.output.dir=" + directory,
                        Frozen.class.getName())
                .redirectErrorStream(true)
                .start();
        Freeze freeze;
        try (BufferedReader output = child.inputReader()) {
            for (String line = output.readLine(); !Frozen.READY.equals(line); line = output.readLine()) {
                assertThat(line).as("the end of the program's output").isNotNull();
            }
            long begin = System.nanoTime();
            signal(child, "STOP");
            long stopped = System.nanoTime();
            Thread.sleep(time.toMillis());
            long stillStopped = System.nanoTime();
            signal(child, "CONT");
            freeze = new Freeze((stillStopped - stopped) / NS, (System.nanoTime() - begin) / NS);
            output.lines().forEach(line -> {}); // or it could not write any more
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return freeze;
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
