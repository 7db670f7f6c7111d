/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import java.util.ArrayList;
import java.util.List;

/**
 * One bottleneck block: convolutions 1x1, 3x3 and 1x1, with a fourth one on the shortcut where its input has another
 * shape.
 *
 * @param inputs channels that it reads
 * @param width channels inside it
 * @param outputs channels that it writes
 * @param side of its square output, in pixels
 */
record Bottleneck(int inputs, int width, int outputs, int side) {

    private static final int[] BLOCKS = {3, 8, 36, 3};
    private static final int NARROWEST = 64;
    private static final int EXPANSION = 4;
    private static final int LARGEST_SIDE = 56;

    /** Returns the 50 blocks of ResNet-152, in order. */
    static List<Bottleneck> ofResNet152() {
        List<Bottleneck> blocks = new ArrayList<>();
        int inputs = NARROWEST;
        for (int stage = 0; stage < BLOCKS.length; stage++) {
            int width = NARROWEST << stage;
            for (int block = 0; block < BLOCKS[stage]; block++) {
                blocks.add(new Bottleneck(inputs, width, EXPANSION * width, LARGEST_SIDE >> stage));
                inputs = EXPANSION * width;
            }
        }
        return blocks;
    }

    /** Returns the size of its weights in INT8. */
    int weightBytes() {
        int shortcut = inputs == outputs ? 0 : inputs * outputs;
        return inputs * width + 9 * width * width + width * outputs + shortcut;
    }

    /** Returns the size of its output for one image in INT8. */
    int outputBytes() {
        return outputs * side * side;
    }
}
