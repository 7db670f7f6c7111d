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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The jar started as a program: with nothing on its class path but itself. */
@EnabledOnOs(OS.LINUX)
class CommandLineTests {

    private record Ended(int status, String output) {}

    private static Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                ownClasses().toString(),
                CommandLine.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private static Path ownClasses() {
        return Path.of(CommandLine.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }

    @Test
    void tellsItsUsage() throws Exception {
        Ended help = run("--help");
        assertThat(help.status()).isZero();
        assertThat(help.output())
                .contains("usage: java -jar", "restore", "status", "unpack-warden FILE", "unpack-launcher FOLDER");
    }

    @Test
    void endsWithSixtyFourWhereItDoesNotUnderstand() throws Exception {
        assertThat(run().status()).isEqualTo(64);
        assertThat(run("restore", "all").status()).isEqualTo(64);
        Ended ended = run("unpack-warden");
        assertThat(ended.status()).isEqualTo(64);
        assertThat(ended.output()).contains("not understood: unpack-warden", "unpack-warden FILE");
    }

    @Test
    void unpacksALauncherForJava(@TempDir Path folder) throws Exception {
        Ended ended = run("unpack-launcher", folder.toString());
        assertThat(ended.status()).isZero();
        assertThat(ended.output()).contains("wrote " + folder.resolve("bin/java"), "docs/without-root.md");
        assertThat(folder.resolve("bin/java")).isExecutable();
    }

    @Test
    void saysWhichReportItCannotCompare(@TempDir Path folder) throws Exception {
        Path report = folder.resolve("lookup.json");
        Ended ended = run(
                "compare",
                report.toString(),
                report.toString(),
                folder.resolve("a.svg").toString());
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output()).contains("compare: ", "lookup.json").doesNotContain("Exception");

        assertThat(run("compare", report.toString()).status()).isEqualTo(64);
    }

    @Test
    void unpacksAWardenThatRuns(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("tailgate-warden");
        Files.writeString(file, "an older one");

        assertThat(run("unpack-warden", file.toString()).status()).isZero();

        assertThat(Files.isExecutable(file)).isTrue();
        assertThat(folder).isDirectoryContaining(other -> other.equals(file)).isDirectoryNotContaining("glob:**.new-*");
        Process warden = new ProcessBuilder(file.toString(), "nonsense")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(warden.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("usage: tailgate-warden");
    }

    @Test
    void saysWhyItCannotUnpack(@TempDir Path folder) throws Exception {
        Ended ended = run("unpack-warden", folder.resolve("no-such/file").toString());
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output()).contains("unpack-warden: cannot write", "no-such/file");
    }

    @Test
    void tellsTheStateOfTheHost() throws Exception {
        assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid")).isEqualTo(0);
        Ended status = run("status");
        assertThat(status.output()).isNotBlank();
        assertThat(status.output()).doesNotContain("Exception");
    }
}
