/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.util.stream.Stream;

/**
 * One layer of a {@link Model}, as {@code network/plan.h} has it.
 *
 * @param index its place in the order in which layers run
 * @param shape as {@link io.tailgate.kernels.Layer#shape()}
 * @param source the layer whose output this one reads; {@link #NONE}: the images
 * @param residual the layer whose output is added before the ReLU, or {@link #NONE}
 * @param relu whether a ReLU follows
 * @param height of the input, in pixels
 * @param width of the input, in pixels
 */
record ModelLayer(
        int index,
        Role role,
        String name,
        String shape,
        int source,
        int residual,
        boolean relu,
        int height,
        int width,
        int channelsIn,
        int channelsOut,
        int kernel,
        int stride,
        int padding) {

    /** Where no layer is meant. */
    static final int NONE = -1;

    /** What a layer is. All but pools have weights; all but pools and the classifier are convolutions. */
    enum Role {
        STEM(0),
        MAX_POOL(1),
        /** A 1x1 convolution of the shortcut; no ReLU. INT8: its output is signed. */
        PROJECTION(2),
        REDUCE(3),
        SPATIAL(4),
        /** Adds the residual, then the ReLU. */
        EXPAND(5),
        AVERAGE_POOL(6),
        /** Fully connected; its output are the logits, in FP32 also for INT8. */
        CLASSIFIER(7);

        private final int code;

        Role(int code) {
            this.code = code;
        }

        static Role of(int code) {
            return Stream.of(values())
                    .filter(role -> role.code == code)
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException("a layer has the role " + code + "; 0 to 7 are known"));
        }
    }

    boolean hasWeights() {
        return role != Role.MAX_POOL && role != Role.AVERAGE_POOL;
    }

    int weightCount() {
        return channelsOut * channelsIn * kernel * kernel;
    }
}
