/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTests {

    @TempDir
    private Path folder;

    @Test
    void loadsTheSameClassFromTwoBuildsApart() throws Exception {
        try (Build before = build("before", "throw new IllegalStateException(\"before\" + ++calls);");
                Build after = build("after", "throw new IllegalStateException(\"after\" + ++calls);")) {
            Tailgate.Iteration first = before.iteration("com.acme.Bench", "run");
            Tailgate.Iteration second = after.iteration("com.acme.Bench", "run");

            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(first::run)
                    .withMessage("before1");
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(first::run)
                    .withMessage("before2");
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(second::run)
                    .withMessage("after1");
        }
    }

    @Test
    void takesFromTheTestWhatABuildDoesNotHave() throws Exception {
        try (Build build = build("delegating", "org.assertj.core.api.Assertions.assertThat(1).isEqualTo(1);")) {
            build.iteration("com.acme.Bench", "run").run();
            build.iteration("com.acme.Bench", "once").run();
        }
    }

    @Test
    void refusesAClassThatWouldBeMeasuredTwice() throws Exception {
        try (Build build = build("other", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> build.iteration("org.assertj.core.api.Assertions", "run"))
                    .withMessageContaining("is not in the build")
                    .withMessageContaining("measure the same code twice");
        }
    }

    @Test
    void refusesWhatABuildDoesNotHave() throws Exception {
        try (Build build = build("lacking", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> build.iteration("com.acme.Absent", "run"))
                    .withMessageStartingWith("there is no class com.acme.Absent in the build [" + folder);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> build.iteration("com.acme.Bench", "absent"))
                    .withMessageContaining("declares no method absent() without parameters");
        }
    }

    @Test
    void refusesAClassPathThatIsNot() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Build.of(List.of()))
                .withMessageContaining("is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Build.of(List.of(folder.resolve("absent.jar"))))
                .withMessageContaining("absent.jar, which does not exist");
    }

    private Build build(String name, String statement) throws IOException {
        Path source = folder.resolve(name + "/com/acme/Bench.java");
        Files.createDirectories(source.getParent());
        Files.writeString(
                source,
                "package com.acme; class Bench { private static int calls; Bench() {} void run() { " + statement
                        + " } static int once() { return calls; } }");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(failed).isZero();
        return Build.of(List.of(folder.resolve(name)));
    }
}
