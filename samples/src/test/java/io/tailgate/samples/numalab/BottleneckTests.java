/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BottleneckTests {

    private final List<Bottleneck> blocks = Bottleneck.ofResNet152();

    @Test
    void stagesHaveThreeEightThirtySixAndThreeBlocks() {
        assertThat(List.of(256, 512, 1024, 2048))
                .extracting(outputs -> blocks.stream()
                        .filter(block -> block.outputs() == outputs)
                        .count())
                .containsExactly(3L, 8L, 36L, 3L);
    }

    @Test
    void eachBlockReadsWhatTheOneBeforeWrites() {
        assertThat(blocks.get(0).inputs()).isEqualTo(64);
        for (int i = 1; i < blocks.size(); i++) {
            assertThat(blocks.get(i).inputs()).isEqualTo(blocks.get(i - 1).outputs());
        }
    }

    @Test
    void firstBlockOfAStageHasWeightsOnItsShortcut() {
        assertThat(blocks.get(0).weightBytes()).isEqualTo(64 * 64 + 9 * 64 * 64 + 64 * 256 + 64 * 256);
        assertThat(blocks.get(1).weightBytes()).isEqualTo(256 * 64 + 9 * 64 * 64 + 64 * 256);
    }

    /** The network has 60.2 million: 2.1 million more in the last layer, 9 thousand in the first, and the biases. */
    @Test
    void weightsSumUpToThoseOfResNet152() {
        assertThat(blocks.stream().mapToLong(Bottleneck::weightBytes).sum()).isEqualTo(57_982_976);
    }

    @Test
    void outputShrinksFromStageToStage() {
        assertThat(blocks.get(0).outputBytes()).isEqualTo(56 * 56 * 256);
        assertThat(blocks.get(49).outputBytes()).isEqualTo(7 * 7 * 2048);
    }
}
