/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How a process ends that nobody wants any more; a test that never ends has a child that never does, too. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class FreshProcessTests {

    @TempDir
    Path folder;

    @Test
    void isKilledAtTheLimitWithItsChildren() throws Exception {
        Path output = folder.resolve("output.txt");
        List<String> endless = List.of("bash", "-c", "sleep 1000 & echo $!; sleep 1000");

        FreshProcess process = FreshProcess.start(endless, order(), output);
        long child = pidIn(output);
        try {
            assertThatThrownBy(() -> process.await(Duration.ofMillis(100)))
                    .isInstanceOf(FreshRunException.class)
                    .hasMessageContaining("killed");
            assertThat(ProcessHandle.of(child)).isPresent();
        } finally {
            process.close();
        }
        awaitEnd(child);
    }

    @Test
    void endsItselfAndItsChildrenWhenNobodyHoldsItsInput() throws Exception {
        Path told = folder.resolve("pid");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FreshMain.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
        new FreshOrder(
                        "[engine:junit-jupiter]/[class:" + EndlessTestCase.class.getName() + "]/[method:sleeps()]",
                        Map.of(),
                        Map.of("tailgate.test.pid", told.toString()))
                .write(process.getOutputStream());
        long child = pidIn(told);

        process.getOutputStream().close(); // as the kernel does when the other JVM is killed

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
        awaitEnd(child);
    }

    private static FreshOrder order() {
        return new FreshOrder("none", Map.of(), Map.of("long", "x".repeat(1_000_000))); // more than a pipe holds
    }

    private static long pidIn(Path file) throws Exception {
        while (!Files.exists(file) || !Files.readString(file).endsWith("\n")) {
            Thread.sleep(20);
        }
        return Long.parseLong(Files.readString(file).strip());
    }

    private static void awaitEnd(long pid) throws Exception {
        while (isRunning(pid)) {
            Thread.sleep(20);
        }
    }

    /** Not as a zombie: in a PID namespace whose first process is a JVM nobody buries the orphans. */
    private static boolean isRunning(long pid) throws Exception {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return !stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
        } catch (IOException e) { // there is none, or it ended while it was read
            return false;
        }
    }

    static class EndlessTestCase {

        @Test
        void sleeps() throws Exception {
            Process child = new ProcessBuilder("sleep", "1000").start();
            Files.writeString(Path.of(System.getProperty("tailgate.test.pid")), child.pid() + "\n");
            child.waitFor();
        }
    }
}
