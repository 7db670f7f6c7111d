/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.machine.FakeTopologies.twoNodesOfFour;
import static io.tailgate.machine.FakeTopologies.withMems;
import static io.tailgate.machine.FakeTopologies.withNodes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.FakeMachine;
import io.tailgate.machine.NumaNode;
import io.tailgate.machine.Topology;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CPUs 0-3 are on node 0 and 4-7 on node 1. */
class PolicyChoiceTests {

    private static final Topology TWO_NODES = twoNodesOfFour();
    private static final Topology NODE_1_HAS_NO_MEMORY =
            withNodes(TWO_NODES, TWO_NODES.nodes().get(0), new NumaNode(1, Optional.of(CpuSet.parse("4-7")), 0));

    private static String choose(MemoryPlacement placement, String cpus, Topology topology) {
        return PolicyChoice.choose(placement, CpuSet.parse(cpus), topology)
                .map(Object::toString)
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOCAL|4-7|LOCAL",
                "BIND|4-7|BIND [1]",
                "BIND|3-4|BIND [0, 1]",
                "PREFERRED|4-7|PREFERRED [1]",
                "PREFERRED|3-4|PREFERRED [0]",
                "PREFERRED|3-7|PREFERRED [1]",
                "INTERLEAVE|4-7|INTERLEAVE [0, 1]",
                "UNCHANGED|4-7|none"
            })
    void isThatOfTheNodesOfTheCpus(MemoryPlacement placement, String cpus, String policy) {
        assertThat(choose(placement, cpus, TWO_NODES)).isEqualTo(policy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"BIND|0-7|BIND [0]", "PREFERRED|3-7|PREFERRED [0]", "INTERLEAVE|4-7|INTERLEAVE [0]"})
    void leavesOutNodesThatCannotBeHad(MemoryPlacement placement, String cpus, String policy) {
        assertThat(choose(placement, cpus, withMems(TWO_NODES, 0))).isEqualTo(policy);
        assertThat(choose(placement, cpus, NODE_1_HAS_NO_MEMORY)).isEqualTo(policy);
    }

    @Test
    void interleavesOverANodeThatOnlyHasMemory() {
        Topology memoryOnly =
                withNodes(TWO_NODES, TWO_NODES.nodes().get(0), new NumaNode(1, Optional.empty(), 1L << 30));
        assertThat(choose(MemoryPlacement.INTERLEAVE, "0-3", memoryOnly)).isEqualTo("INTERLEAVE [0, 1]");
        assertThat(choose(MemoryPlacement.BIND, "0-3", memoryOnly)).isEqualTo("BIND [0]");
    }

    @Test
    void isRefusedWhereTheNodeHasNoMemoryForTheProcess() {
        assertRefused(
                withMems(TWO_NODES, 0),
                "memory = BIND on the node of CPUs 4-7: node 1 is outside the cpuset of this process, which allows memory"
                        + " of nodes [0]; choose a node among [0], or memory = LOCAL");
        assertRefused(
                NODE_1_HAS_NO_MEMORY,
                "memory = BIND on the node of CPUs 4-7: node 1 has no memory; choose a node among [0], or memory = LOCAL");
    }

    private static void assertRefused(Topology topology, String message) {
        FakeMachine machine = new FakeMachine().topology(topology);
        var bound = Placements.on("4-7", MemoryPlacement.BIND, BalancingPlan.OFF);
        assertThatExceptionOfType(PlacementException.class)
                .isThrownBy(() -> Guard.choose(bound, machine))
                .withMessage(message);
        assertThatExceptionOfType(PlacementException.class)
                .isThrownBy(() -> Guard.apply(bound, machine))
                .withMessage(message);
        assertThat(machine.log()).as("refused before anything is changed").isEmpty();
    }
}
