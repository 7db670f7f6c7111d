/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScaleTests {

    @Test
    void putsBothEndsAtTheirPixels() {
        Scale linear = Scale.linear(1_000, 290, 10);
        Scale logarithmic = Scale.logarithmic(10, 1_000, 290, 10);

        assertThat(linear.pixel(0)).isEqualTo(290);
        assertThat(linear.pixel(500)).isEqualTo(150);
        assertThat(linear.pixel(1_000)).isEqualTo(10);
        assertThat(logarithmic.pixel(10)).isEqualTo(290);
        assertThat(logarithmic.pixel(100)).isCloseTo(150, within(1e-9));
        assertThat(logarithmic.pixel(1_000)).isCloseTo(10, within(1e-9));
    }

    @Test
    void drawsWhatLiesOutsideAtTheEdge() {
        assertThat(Scale.linear(1_000, 290, 10).pixel(5_000)).isEqualTo(10);
        assertThat(Scale.logarithmic(10, 1_000, 290, 10).pixel(0)).isEqualTo(290);
    }

    @Test
    void labelsRoundNumbers() {
        assertThat(Scale.linear(1_240_000, 0, 1).ticks())
                .containsExactly(0.0, 200_000.0, 400_000.0, 600_000.0, 800_000.0, 1_000_000.0, 1_200_000.0);
        assertThat(Scale.logarithmic(8_000, 3_000_000, 0, 1).ticks()).containsExactly(1e4, 1e5, 1e6);
        assertThat(Scale.logarithmic(8_000, 70_000, 0, 1).ticks()).containsExactly(1e4, 2e4, 5e4);
    }
}
