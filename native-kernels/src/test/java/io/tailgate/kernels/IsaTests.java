/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reduced network; network_tests.cpp does the same with the published one and compares with a plain reference. */
class IsaTests {

    private static float[] logits(ResNet152.Builder builder) {
        try (ResNet152 network = builder.imageSize(64).widthDivisor(2).build()) {
            network.run();
            return network.logits();
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesTheSameInt8LogitsToTheBit(Isa isa) {
        assumeTrue(isa.isSupported(Precision.INT8), () -> "this CPU has no " + isa);
        assertThat(logits(ResNet152.builder().precision(Precision.INT8).isa(isa)))
                .containsExactly(
                        logits(ResNet152.builder().precision(Precision.INT8).isa(Isa.PORTABLE)));
    }

    @ParameterizedTest
    @EnumSource
    void givesFp32LogitsWithinTheBound(Isa isa) {
        assumeTrue(isa.isSupported(Precision.FP32), () -> "this CPU has no " + isa);
        float[] wanted = logits(ResNet152.builder().algorithm(Algorithm.DIRECT).isa(Isa.PORTABLE));
        assertThat(logits(ResNet152.builder().algorithm(Algorithm.DIRECT).isa(isa)))
                .containsExactly(wanted, within(3e-4f)); // 1e-4 of the largest logit, which is about 3
        assertThat(logits(ResNet152.builder().algorithm(Algorithm.WINOGRAD).isa(isa)))
                .containsExactly(wanted, within(3e-3f));
    }

    @Test
    void saysWhichInstructionSetIsMissing() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> ResNet152.builder().isa(Isa.AMX).build())
                .withMessageContaining("FP32 kernels that need AMX-INT8");
    }

    @Test
    void namesTheKernelsInUse() {
        try (ResNet152 network = ResNet152.builder()
                .isa(Isa.PORTABLE)
                .imageSize(32)
                .widthDivisor(4)
                .build()) {
            assertThat(network.isaName()).isEqualTo("portable");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatThisCpuLacks(Isa isa) {
        assumeFalse(isa.isSupported(Precision.INT8), () -> "this CPU has " + isa);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() ->
                        ResNet152.builder().precision(Precision.INT8).isa(isa).build());
    }
}
