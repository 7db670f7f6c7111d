/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.guard.Placements.on;
import static io.tailgate.guard.Placements.onNode;
import static io.tailgate.machine.FakeTopologies.cores;
import static io.tailgate.machine.FakeTopologies.inCpuset;
import static io.tailgate.machine.FakeTopologies.nodes;
import static io.tailgate.machine.FakeTopologies.online;
import static io.tailgate.machine.FakeTopologies.startedOn;
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
import io.tailgate.plan.Placement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuChoiceTests {

    private static final int ANY = Placement.ANY_NODE;

    private static CpuSet choose(Placement placement, Topology topology) {
        return Guard.choose(placement, new FakeMachine().topology(topology));
    }

    private static Placement cpus(String list) {
        return on(list, MemoryPlacement.LOCAL, BalancingPlan.OFF);
    }

    private static void assertRefused(Placement placement, Topology topology, String... words) {
        assertThatExceptionOfType(PlacementException.class)
                .isThrownBy(() -> choose(placement, topology))
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    @Test
    void takesTheCpusThatAreNamed() {
        assertThat(choose(cpus("1,6"), twoNodesOfFour())).isEqualTo(CpuSet.of(1, 6));
    }

    @Test
    void refusesACpuThatIsNotThere() {
        assertRefused(cpus("2,9-10"), twoNodesOfFour(), "no CPU 9-10; this machine has 0-7; choose from 0-7");
    }

    @Test
    void refusesACpuThatIsOffline() {
        assertRefused(
                cpus("2-3"), online(twoNodesOfFour(), CpuSet.parse("0-2,4-7")), "CPU 3 is offline; online are 0-2,4-7");
    }

    @Test
    void refusesACpuOutsideTheCpuset() {
        assertRefused(
                cpus("0-1"),
                inCpuset(twoNodesOfFour(), CpuSet.of(1, 2)),
                "CPU 0 is outside the cpuset of this process, which allows 1-2; choose from 1-2");
    }

    @Test
    void refusesACpuThatTasksetWithheld() {
        assertRefused(
                cpus("0"),
                startedOn(twoNodesOfFour(), CpuSet.of(1)),
                "CPU 0 is outside the CPUs that this process was started on (taskset");
    }

    @Test
    void refusesANodeThatIsNotThere() {
        assertRefused(onNode(2, 0), twoNodesOfFour(), "node = 2 is not there; this machine has nodes [0, 1]");
        assertRefused(onNode(-2, 0), twoNodesOfFour(), "node = -2 is not there");
    }

    @Test
    void refusesANodeWithoutUsableCpus() {
        assertRefused(
                onNode(0, 0),
                startedOn(twoNodesOfFour(), CpuSet.of(5)),
                "node = 0 has no CPU that this process may use");
        Topology all = twoNodesOfFour();
        Topology withMemoryNode = withNodes(all, all.nodes().get(0), new NumaNode(1, Optional.empty(), 1L << 30));
        assertRefused(onNode(1, 0), withMemoryNode, "it has none online");
    }

    @Test
    void refusesCountsThatCannotBe() {
        assertRefused(onNode(0, -1), twoNodesOfFour(), "cpuCount = -1 is negative");
        assertRefused(onNode(0, 5), twoNodesOfFour(), "cpuCount = 5 is more than the 4 usable CPUs of node 0: 0-3");
        Placement both = new Placement(ANY, CpuSet.of(1, 2), 3, MemoryPlacement.LOCAL, BalancingPlan.OFF, List.of());
        assertRefused(both, twoNodesOfFour(), "cpus = \"1-2\" are 2 CPUs, but cpuCount = 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0", "0-1|0-1", "0-2|1-2", "0-7|1-7"})
    void leavesTheLowestCpuToTheJvmFromThreeOn(String all, String chosen) {
        assertThat(choose(onNode(ANY, 0), nodes(CpuSet.parse(all)))).isEqualTo(CpuSet.parse(chosen));
    }

    @Test
    void takesTheNodeWithMostUsableCpus() {
        Topology topology = nodes(CpuSet.parse("0-3"), CpuSet.parse("4-9"));
        assertThat(choose(onNode(ANY, 0), topology)).isEqualTo(CpuSet.parse("5-9"));
        assertThat(choose(onNode(ANY, 0), startedOn(topology, CpuSet.parse("0-3,9"))))
                .isEqualTo(CpuSet.parse("1-3"));
    }

    @Test
    void avoidsCpuZeroWhereThereIsRoom() {
        assertThat(choose(onNode(0, 2), twoNodesOfFour())).isEqualTo(CpuSet.of(1, 2));
        assertThat(choose(onNode(0, 4), twoNodesOfFour())).isEqualTo(CpuSet.parse("0-3"));
    }

    @Test
    void takesOneCpuOfEachCoreFirst() {
        Topology smt =
                cores(nodes(CpuSet.parse("0-7")), CpuSet.of(0, 4), CpuSet.of(1, 5), CpuSet.of(2, 6), CpuSet.of(3, 7));
        assertThat(choose(onNode(ANY, 3), smt)).isEqualTo(CpuSet.of(1, 2, 3));
        assertThat(choose(onNode(ANY, 4), smt)).isEqualTo(CpuSet.parse("1-4"));
        assertThat(choose(onNode(ANY, 5), smt)).isEqualTo(CpuSet.parse("1-5"));
    }

    private static CpuSet choose(Placement placement, Topology topology, Map<Integer, Long> interrupts, String taken) {
        return new CpuChoice(placement, topology, interrupts).choose(Optional.of(CpuSet.parse(taken)));
    }

    @Test
    void avoidsTheSiblingOfACpuThatIsTaken() {
        Topology smt =
                cores(nodes(CpuSet.parse("0-7")), CpuSet.of(0, 4), CpuSet.of(1, 5), CpuSet.of(2, 6), CpuSet.of(3, 7));
        assertThat(choose(onNode(ANY, 2), smt, Map.of(), "1")).isEqualTo(CpuSet.of(2, 3));
        assertThat(choose(onNode(ANY, 3), smt, Map.of(), "1")).isEqualTo(CpuSet.of(2, 3, 4));
        assertThat(choose(onNode(ANY, 4), smt, Map.of(), "1")).isEqualTo(CpuSet.parse("2-5"));
    }

    @Test
    void avoidsCpusThatServeDevices() {
        Map<Integer, Long> interrupts = Map.of(0, 50_000L, 1, 9_000_000L, 2, 60_000L, 3, 40_000L);
        assertThat(choose(onNode(0, 2), twoNodesOfFour(), interrupts, "7")).isEqualTo(CpuSet.of(2, 3));
        assertThat(choose(onNode(0, 3), twoNodesOfFour(), interrupts, "7")).isEqualTo(CpuSet.of(0, 2, 3));
        assertThat(choose(onNode(0, 0), twoNodesOfFour(), interrupts, "7"))
                .as("all less one leaves it to the JVM")
                .isEqualTo(CpuSet.of(0, 2, 3));
    }

    @Test
    void choosesAmongFourThousandCpus() {
        CpuSet[] cores = IntStream.range(0, 2048)
                .mapToObj(core -> CpuSet.of(core, core + 2048))
                .toArray(CpuSet[]::new);
        Topology large = cores(nodes(CpuSet.parse("0-4095")), cores);
        assertThat(choose(onNode(ANY, 2047), large)).isEqualTo(CpuSet.parse("1-2047"));
        assertThat(choose(onNode(ANY, 0), large)).isEqualTo(CpuSet.parse("1-4095"));
        assertThat(choose(cpus("4000-4095"), large)).isEqualTo(CpuSet.parse("4000-4095"));
    }

    @Test
    void neverLeavesTheStartMask() {
        assertThat(choose(onNode(ANY, 0), startedOn(nodes(CpuSet.of(0, 1)), CpuSet.of(1))))
                .isEqualTo(CpuSet.of(1));
    }

    @ParameterizedTest
    @CsvSource({"BIND, 5-7", "PREFERRED, 5-7", "LOCAL, 1-3", "INTERLEAVE, 1-3"})
    void takesANodeWhoseMemoryTheCpusetAllowsWhereMemoryIsToBeThere(MemoryPlacement memory, String chosen) {
        Placement anyNode = new Placement(ANY, null, 0, memory, BalancingPlan.OFF, List.of());
        assertThat(choose(anyNode, withMems(twoNodesOfFour(), 1))).isEqualTo(CpuSet.parse(chosen));
    }

    @Test
    void takesNoNodeThatOnlyHasTheMemory() {
        Topology memoryOnly = withNodes(
                twoNodesOfFour(), twoNodesOfFour().nodes().get(0), new NumaNode(1, Optional.empty(), 1L << 30));
        Placement bound = new Placement(ANY, null, 0, MemoryPlacement.BIND, BalancingPlan.OFF, List.of());
        assertRefused(bound, withMems(memoryOnly, 1), "memory = BIND on the node of CPUs 1-3: node 0 is outside");
        assertThat(choose(bound, memoryOnly)).isEqualTo(CpuSet.parse("1-3"));
    }
}
