/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledIfSystemProperty(named = "tailgate.calibration.whole", matches = "true")
@Timeout(300)
class MemoryTests {

    private static final int MOST = 10_000_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"10000000,1g,10000000", "0,1g,9000000", "0,256m,800000"})
    void keepsTheRunsThatItPromisesIn(int asked, String heap, int least) throws Exception {
        String out = run(asked, heap);
        System.out.println(heap + ": " + out.lines().reduce("", (before, line) -> line));
        assertThat(out).containsPattern("iterations \\d+, heap at most");
        int ran = Integer.parseInt(out.replaceAll("(?s).*iterations (\\d+), heap at most.*", "$1"));
        assertThat(ran).isBetween(least, MOST);
        if (asked == 0) {
            assertThat(out).contains("are the most that are kept");
        }
    }

    private String run(int asked, String heap) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LongestRun.class.getName(),
                        String.valueOf(asked),
                        "200 s")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as(out).isZero();
        return out;
    }
}
