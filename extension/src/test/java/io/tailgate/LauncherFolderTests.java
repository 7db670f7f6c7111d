/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packed launcher and the {@code bin/java} around it, run for real. */
@EnabledOnOs(OS.LINUX)
class LauncherFolderTests {

    @TempDir
    Path temp;

    private Path folder;

    private record Ended(int status, String out) {}

    @BeforeEach
    void unpack() {
        folder = temp.resolve("a folder's name");
        LauncherFolder.unpack(folder);
    }

    private Ended run(String... command) throws Exception {
        return run(new ProcessBuilder(command));
    }

    private static Ended run(ProcessBuilder builder) throws Exception {
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), out);
    }

    private String launcher() {
        return folder.resolve("tailgate-local-memory").toString();
    }

    private String java() {
        return folder.resolve("bin/java").toString();
    }

    @Test
    void startsAProgramUnderALocalPolicyUnlessItHasOneOrMayNot() throws Exception {
        Ended ended = run(launcher(), "cat", "/proc/self/numa_maps");
        assertThat(ended.status()).isZero();
        assertThat(ended.out())
                .satisfiesAnyOf(
                        out -> assertThat(out.lines()).allMatch(line -> !line.contains(" default")),
                        out -> assertThat(out).startsWith("tailgate-local-memory: cannot set a memory policy"));
    }

    @Test
    void startsTheJavaThatUnpackedIt() throws Exception {
        Ended ended = run(java(), "-XshowSettings:properties", "-version");
        assertThat(ended.status()).isZero();
        assertThat(ended.out()).contains("java.home = " + System.getProperty("java.home"));
    }

    @Test
    void startsAnotherJavaIfToldTo() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(java(), "one two", "three");
        builder.environment().put("TAILGATE_JAVA", "/bin/echo");
        assertThat(run(builder).out()).endsWith("one two three\n");
    }

    @Test
    void passesTheExitStatusOn() throws Exception {
        assertThat(run(launcher(), "sh", "-c", "exit 42").status()).isEqualTo(42);
    }

    @Test
    void saysThatAProgramIsNotThere() throws Exception {
        Ended ended = run(launcher(), "/not/there");
        assertThat(ended.status()).isEqualTo(127);
        assertThat(ended.out()).contains("cannot run /not/there: No such file or directory");
    }

    @Test
    void saysThatAProgramCannotBeRun() throws Exception {
        Ended ended = run(launcher(), Files.createFile(temp.resolve("data")).toString());
        assertThat(ended.status()).isEqualTo(126);
        assertThat(ended.out()).contains("Permission denied");
    }

    @Test
    void asksForAProgram() throws Exception {
        Ended ended = run(launcher());
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out()).contains("name the program to run");
    }

    @Test
    void canBeUnpackedAgain() throws Exception {
        LauncherFolder.unpack(folder);
        assertThat(run(java(), "-version").status()).isZero();
    }

    @Test
    void tellsBuildToolsTheVersionOfTheJdk() throws IOException {
        Path release = Path.of(System.getProperty("java.home"), "release");
        assumeThat(release).exists();
        assertThat(folder.resolve("release")).hasSameTextualContentAs(release);
    }

    @Test
    void leavesNothingElseBehind() throws IOException {
        List<String> files = new ArrayList<>();
        try (var all = Files.walk(folder)) {
            all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .forEach(files::add);
        }
        assertThat(files)
                .contains("tailgate-local-memory", "bin/java")
                .isSubsetOf("tailgate-local-memory", "bin/java", "release");
    }
}
