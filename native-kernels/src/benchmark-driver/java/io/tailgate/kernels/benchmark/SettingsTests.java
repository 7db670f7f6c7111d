/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTests {

    private static final String PROPERTY = "benchmark.test.rounds";

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void takesTheUsualUnlessTold() {
        assertThat(Settings.count(PROPERTY, 20)).isEqualTo(20);
        System.setProperty(PROPERTY, " 3 ");
        assertThat(Settings.count(PROPERTY, 20)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "2.5"})
    void refusesARunWithoutRounds(String rounds) {
        System.setProperty(PROPERTY, rounds);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.count(PROPERTY, 20))
                .withMessage("-D%s=%s: a whole number from 1 was wanted; give one, or leave it out", PROPERTY, rounds);
    }
}
