/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamingNetworkTests {

    @Test
    void everyReadOfWeightsAndOfTheNeighboursOutputCounts() {
        List<Bottleneck> blocks = Bottleneck.ofResNet152();
        long sum = 0;
        for (int i = 0; i < blocks.size(); i++) {
            long weights = reads(blocks.get(i).weightBytes()) * 0x9E3779B97F4A7C15L * (i + 1);
            sum = weights + (i == 0 ? 0 : reads(blocks.get(i - 1).outputBytes()) * sum);
        }
        try (StreamingNetwork network = new StreamingNetwork()) {
            assertThat(network.run()).isEqualTo(2 * sum);
            assertThat(network.run()).as("again").isEqualTo(2 * sum);
        }
    }

    private static int reads(int bytes) {
        return (bytes + StreamingNetwork.STRIDE - 1) / StreamingNetwork.STRIDE;
    }

    @Test
    void allMemoryIsTouchedByTheConstructor() {
        try (StreamingNetwork network = new StreamingNetwork()) {
            int[] nodes = LinuxCalls.nodesOfPages(network.memory());
            assertThat(nodes).hasSizeGreaterThan((int) (network.weightBytes() / LinuxCalls.PAGE));
            assertThat(Arrays.stream(nodes)).allMatch(node -> node >= 0);
        }
    }

    @Test
    void whatAnObserverThrowsInTheWorkerIsNotSwallowed() {
        try (StreamingNetwork network = new StreamingNetwork(Bottleneck.ofResNet152(), (thread, block) -> {
            if (thread == Lockstep.WORKER && block == 49) {
                throw new IllegalArgumentException("in the last block");
            }
        })) {
            assertThatThrownBy(network::run).hasRootCauseMessage("in the last block");
        }
    }
}
