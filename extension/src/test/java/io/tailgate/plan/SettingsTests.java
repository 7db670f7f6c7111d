/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tailgate.plan.Enforcement.Confirm;
import io.tailgate.plan.Enforcement.Inconclusive;
import io.tailgate.plan.Enforcement.Mode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTests {

    @Test
    void enforcesAndAbortsUnlessToldOtherwise() {
        assertThat(overriding(Map.of()).enforcement())
                .isEqualTo(new Enforcement(Mode.ENFORCE, false, Inconclusive.ABORT, 1, 1, Confirm.NONE));
    }

    @Test
    void readsEachKey() {
        Settings settings = overriding(Map.of(
                "tailgate.mode",
                "Report",
                "tailgate.inconclusive",
                "pass",
                "tailgate.sla.scale",
                "2.5",
                "tailgate.family",
                "20",
                "tailgate.confirm",
                "rerun"));
        assertThat(settings.enforcement())
                .isEqualTo(new Enforcement(Mode.REPORT, false, Inconclusive.PASS, 2.5, 20, Confirm.RERUN));
    }

    @Test
    void failsTheInconclusiveWhenStrict() {
        Settings settings = overriding(Map.of("tailgate.strict", "true", "tailgate.inconclusive", "pass"));
        assertThat(settings.enforcement().inconclusive()).isEqualTo(Inconclusive.FAIL);
    }

    @Test
    void prefersTheOverrideToTheDefault() {
        Settings settings = new Settings(Map.of("tailgate.mode", "off")::get, Map.of("tailgate.mode", "report")::get);
        assertThat(settings.mode()).isEqualTo(Mode.OFF);
        assertThat(new Settings(key -> null, Map.of("tailgate.mode", "report")::get).mode())
                .isEqualTo(Mode.REPORT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tailgate.mode | sometimes | tailgate.mode = \"sometimes\" is unknown; allowed are enforce, report, off",
                "tailgate.mode | '' | tailgate.mode = \"\" is unknown; allowed are enforce, report, off",
                "tailgate.strict | yes | tailgate.strict = \"yes\" is unknown; allowed are true, false",
                "tailgate.inconclusive | skip | tailgate.inconclusive = \"skip\" is unknown; allowed are abort, fail, pass",
                "tailgate.confirm | twice | tailgate.confirm = \"twice\" is unknown; allowed are none, rerun, fresh",
                "tailgate.sla.scale | wide | tailgate.sla.scale = \"wide\" is not a number",
                "tailgate.sla.scale | 0 | tailgate.sla.scale = 0 is out of range; it is above 0",
                "tailgate.family | 0 | tailgate.family = 0 is out of range; it is between 1 and 1000000",
                "tailgate.family | 2.5 | tailgate.family = \"2.5\" is not a whole number",
                "tailgate.sla.scale | NaN | tailgate.sla.scale = NaN is out of range; it is above 0"
            })
    void saysWhatAKeyAllows(String key, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> overriding(Map.of(key, value)).enforcement())
                .withMessage(message);
    }

    @Test
    void writesWhereTheBuildToolExpectsIt() {
        assertThat(overriding(Map.of()).outputDirectory()).isEqualTo("target/tailgate");
        assertThat(overriding(Map.of("org.gradle.test.worker", "1")).outputDirectory())
                .isEqualTo("build/tailgate");
        assertThat(overriding(Map.of("tailgate.output.dir", "/tmp/x")).outputDirectory())
                .isEqualTo("/tmp/x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> overriding(Map.of("tailgate.output.dir", " ")).outputDirectory())
                .withMessageStartingWith("tailgate.output.dir is blank");
    }

    @Test
    void knowsAllKeysThatAreAskedFor() {
        Set<String> asked = new HashSet<>();
        Settings settings = new Settings(
                key -> {
                    asked.add(key);
                    return null;
                },
                key -> null);
        settings.enforcement();
        settings.outputDirectory();
        settings.cpuWait();
        settings.compareSeed(1);
        SamplingRequest.DEFAULT.sampling(settings);

        asked.removeIf(key -> !key.startsWith("tailgate."));
        assertThat(Settings.KEYS).containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void waitTenMinutesForCpusUnlessToldOtherwise() {
        assertThat(overriding(Map.of()).cpuWait()).hasMinutes(10);
        assertThat(overriding(Map.of("tailgate.cpus.wait", "2.5 s")).cpuWait()).hasMillis(2500);
        assertThat(overriding(Map.of("tailgate.cpus.wait", "0")).cpuWait()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> overriding(Map.of("tailgate.cpus.wait", "long")).cpuWait())
                .withMessageStartingWith("tailgate.cpus.wait = \"long\" is not a time");
    }

    private static Settings overriding(Map<String, String> values) {
        return new Settings(values::get, key -> null);
    }
}
