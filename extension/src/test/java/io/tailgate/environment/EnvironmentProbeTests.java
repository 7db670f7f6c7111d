/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentProbeTests {

    @Test
    void putsTheMachineBeforeTheJvmAndKeepsBothOrders() {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("kernel", "6.1.0");
        machine.put("cpu model", "Invented 8");

        assertThat(EnvironmentProbe.join(machine, Map.of("java version", "17")).facts())
                .containsExactly(
                        Map.entry("kernel", "6.1.0"),
                        Map.entry("cpu model", "Invented 8"),
                        Map.entry("java version", "17"));
    }

    @Test
    void saysThatABlankFactIsUnknown() {
        assertThat(EnvironmentProbe.join(Map.of("microcode", " "), Map.of()).facts())
                .containsEntry("microcode", "unknown: the machine gave no value");
    }

    @Test
    void describesThisJvm() {
        assertThat(EnvironmentProbe.describe(Map.of()).facts())
                .containsEntry("java version", System.getProperty("java.version"))
                .containsEntry(
                        "available processors",
                        Integer.toString(Runtime.getRuntime().availableProcessors()))
                .containsKeys("java vendor", "jvm", "garbage collectors", "jvm arguments", "max heap")
                .allSatisfy((name, value) -> assertThat(value).as(name).isNotBlank());
    }

    @Test
    void keepsWhatTunesTheJvmAndNoSecrets() {
        assertThat(JvmFacts.tuning(List.of(
                        "-Xmx2g",
                        "-Dpassword=secret",
                        "-XX:+UseZGC",
                        "-javaagent:/home/me/jacoco.jar=destfile=/home/me/x",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED")))
                .isEqualTo("-Xmx2g -XX:+UseZGC -javaagent:jacoco.jar");
        assertThat(JvmFacts.tuning(List.of("-Dx=y"))).isEqualTo("none");
    }
}
