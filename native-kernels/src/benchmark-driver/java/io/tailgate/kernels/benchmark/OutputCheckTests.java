/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.tailgate.kernels.Precision;
import org.junit.jupiter.api.Test;

class OutputCheckTests {

    @Test
    void allowsInt8MoreThanFp32() {
        OutputCheck near = OutputCheck.of(new float[] {1, 1.1f}, new float[] {1, 1});
        assertThat(near.passes(Precision.INT8)).isTrue();
        assertThat(near.passes(Precision.FP32)).isFalse();
    }

    @Test
    void givesTheWorstDifferenceInUnitsOfTheReference() {
        assertThat(OutputCheck.of(new float[] {10, 13}, new float[] {10, 10}).worst())
                .isEqualTo(0.3, within(1e-6));
    }

    @Test
    void doesNotPassZeros() {
        assertThat(OutputCheck.of(new float[2], new float[] {1, 1}).passes(Precision.INT8))
                .isFalse();
    }

    @Test
    void wantsAnOutputOfTheSameLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutputCheck.of(new float[2], new float[3]))
                .withMessage("an output of 3 values was wanted, but it has 2");
    }
}
