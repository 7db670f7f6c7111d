/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshCommandTests {

    @Test
    void repeatsTheOptionsOfTheRunningJvmWithAnotherMainClass() {
        List<String> options = List.of("-Xmx512m", "-Dkey=a b", "--add-opens=java.base/java.lang=ALL-UNNAMED", "-ea");

        FreshCommand command = of(options);

        assertThat(command.words())
                .startsWith("/jdk/bin/java")
                .containsSubsequence(options)
                .endsWith("@class-path.txt", "io.tailgate.FreshMain");
        assertThat(command.left()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'-agentlib:jdwp=transport=dt_socket,server=y,address=5005', -agentlib:jdwp",
        "'-Xrunjdwp:transport=dt_socket', -Xrunjdwp:transport",
        "'-agentpath:/opt/profiler/libasync.so=start', -agentpath:libasync.so",
        "'-javaagent:/m2/org.jacoco.agent-runtime.jar=destfile=x.exec', -javaagent:org.jacoco.agent-runtime.jar",
        "'-javaagent:C:\\ide\\lib\\idea_rt.jar=41000', -javaagent:idea_rt.jar",
        "'-Dcom.sun.management.jmxremote.port=9010', -Dcom.sun.management.jmxremote.port",
        "'-XX:StartFlightRecording:filename=all.jfr', -XX:StartFlightRecording:filename"
    })
    void leavesWhatTwoJvmsCannotHaveAtOnceAndSaysSo(String option, String name) {
        FreshCommand command = of(List.of(option, "-Xms1g"));

        assertThat(command.words()).contains("-Xms1g").doesNotContain(option);
        assertThat(command.left()).containsExactly(name);
    }

    @Test
    void keepsAgentsThatTestsMayNeed() {
        List<String> options = List.of("-javaagent:/jacoco/mockito-core.jar", "-javaagent:otel.jar=coverage=none");

        assertThat(of(options).words()).containsAll(options);
    }

    @Test
    void leavesTheOldClassPathWithoutAWord() {
        FreshCommand command = of(List.of("-Djava.class.path=old", "-Dsun.java.command=Old main"));

        assertThat(command.words()).hasSize(3);
        assertThat(command.left()).isEmpty();
    }

    @Test
    void quotesAClassPath() {
        assertThat(FreshCommand.classPathFile(List.of("C:\\a b\\c.jar", "d"), ";"))
                .isEqualTo("-cp\n\"C:\\\\a b\\\\c.jar;d\"\n");
    }

    private static FreshCommand of(List<String> options) {
        return FreshCommand.of(Path.of("/jdk/bin/java"), options, Path.of("class-path.txt"), FreshMain.class);
    }
}
