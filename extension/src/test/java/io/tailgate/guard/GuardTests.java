/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.guard.Placements.BOUND_TO_2_AND_3;
import static io.tailgate.guard.Placements.QUIET_ON_2_AND_3;
import static io.tailgate.guard.Placements.on;
import static io.tailgate.machine.FakeMachine.TEST_THREAD;
import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.FakeMachine;
import io.tailgate.machine.FakeTopologies;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.NumaPolicy;
import io.tailgate.machine.NumaPolicy.Mode;
import io.tailgate.machine.ThreadPolicy;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTests {

    private static final CpuSet ALL = CpuSet.parse("0-7");

    private final FakeMachine machine = new FakeMachine();

    @Test
    void changesTheHostFirstAndTakesEverythingBackLastFirst() {
        Guard guard = Guard.apply(BOUND_TO_2_AND_3, machine);
        assertThat(machine.log()).containsExactly("NUMA_BALANCING=0", "policy BIND [0]", "sweep BIND [0]", "pin 2-3");

        guard.close();
        assertThat(machine.log())
                .endsWith("pin 0-7 on thread 1", "sweep DEFAULT", "policy DEFAULT", "NUMA_BALANCING=1")
                .hasSize(8);
    }

    @Test
    void nothingIsSpareOnACoreThatIsMeasuredOn() {
        machine.topology(FakeTopologies.cores(
                FakeTopologies.nodes(CpuSet.parse("0-7")),
                CpuSet.parse("0,4"),
                CpuSet.parse("1,5"),
                CpuSet.parse("2,6"),
                CpuSet.parse("3,7")));

        assertThat(Guard.spareBeside(CpuSet.parse("2-3"), machine)).isEqualTo(CpuSet.parse("0-1,4-5"));
        assertThat(Guard.spareBeside(CpuSet.parse("0-3"), machine)).isNull();
    }

    @Test
    void closesOnce() {
        Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine);
        guard.close();
        List<String> log = machine.log();
        guard.close();
        assertThat(machine.log()).isEqualTo(log);
    }

    @Test
    void leavesTheMachineAsItWasWhenPinningIsRefused() {
        machine.refusing("pin 2-3");

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> Guard.apply(QUIET_ON_2_AND_3, machine))
                .withMessageContaining("Operation not permitted (errno 1)");

        assertThat(machine.read(NUMA_BALANCING)).isEqualTo("1");
        assertThat(machine.threadPolicy()).isEqualTo(NumaPolicy.DEFAULT);
        assertThat(machine.affinity()).isEqualTo(ALL);
    }

    @Test
    void neverRunsOnFewerCpusThanItSays() {
        machine.narrowingTo(CpuSet.of(2));

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> Guard.apply(QUIET_ON_2_AND_3, machine))
                .withMessageContaining("asked for CPUs 2-3, but the kernel only gave 2");

        assertThat(machine.read(NUMA_BALANCING)).isEqualTo("1");
    }

    @Test
    void changesNothingForAVirtualThread() {
        machine.callingFromAVirtualThread();

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> Guard.apply(QUIET_ON_2_AND_3, machine))
                .withMessageContaining("virtual thread");

        assertThat(machine.log()).isEmpty();
    }

    @Test
    void changesNothingForAPlaceThatIsNotThere() {
        assertThatExceptionOfType(PlacementException.class)
                .isThrownBy(() -> Guard.apply(on("2,9", MemoryPlacement.LOCAL, BalancingPlan.OFF), machine));

        assertThat(machine.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pin 0-7 on thread 1", "sweep DEFAULT", "policy DEFAULT", "NUMA_BALANCING=1"})
    void takesTheRestBackWhenOneUndoIsRefused(String refused) {
        Guard guard = Guard.apply(BOUND_TO_2_AND_3, machine);
        machine.refusing(refused);

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(guard::close)
                .withMessageContaining(refused + " failed");

        assertThat(machine.log()).hasSize(4 + 3).doesNotContain(refused);
    }

    @Test
    void throwsTheFirstFailureWithTheOthers() {
        Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine);
        machine.refusing("pin 0-7 on thread 1").refusing("NUMA_BALANCING=1");

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(guard::close)
                .withMessageStartingWith("pin 0-7")
                .satisfies(e ->
                        assertThat(e.getSuppressed()).singleElement().asString().contains("NUMA_BALANCING=1 failed"));
    }

    @Test
    void leavesTheMachineAsItWasWhenAnErrorComesBetween() {
        machine.breakingDown("affinities", new OutOfMemoryError("on purpose"));

        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> Guard.apply(QUIET_ON_2_AND_3, machine));

        assertThat(machine.read(NUMA_BALANCING)).isEqualTo("1");
        assertThat(machine.threadPolicy()).isEqualTo(NumaPolicy.DEFAULT);
    }

    @Test
    void takesTheRestBackWhenAnUndoEndsInAnError() {
        Guard guard = Guard.apply(BOUND_TO_2_AND_3, machine);
        machine.breakingDown("affinities", new OutOfMemoryError("on purpose")).refusing("sweep DEFAULT");

        assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(guard::close)
                .satisfies(e ->
                        assertThat(e.getSuppressed()).singleElement().asString().contains("sweep DEFAULT failed"));

        assertThat(machine.log()).endsWith("pin 0-7 on thread 1", "policy DEFAULT", "NUMA_BALANCING=1");
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "4", "65536"})
    void restoresExactlyWhatItRead(String before) {
        machine.setting(NUMA_BALANCING, before);

        Guard.apply(QUIET_ON_2_AND_3, machine).close();

        assertThat(machine.log()).endsWith("NUMA_BALANCING=" + before);
    }

    @Test
    void leavesAloneWhatSomeoneElseWroteMeanwhile() {
        Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine);
        machine.setting(NUMA_BALANCING, "2");

        guard.close();

        assertThat(machine.read(NUMA_BALANCING)).isEqualTo("2");
        assertThat(machine.log()).doesNotContain("NUMA_BALANCING=1");
    }

    @Test
    void keepsTheSettingUntilTheOuterOfTwoNestedGuardsCloses() {
        Guard outer = Guard.apply(QUIET_ON_2_AND_3, machine);
        Guard.apply(QUIET_ON_2_AND_3, machine).close();
        assertThat(machine.read(NUMA_BALANCING)).isEqualTo("0");

        outer.close();
        assertThat(machine.read(NUMA_BALANCING)).isEqualTo("1");
    }

    @Test
    void restoresInSpiteOfAnInterruptAndKeepsIt() {
        Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine);
        Thread.currentThread().interrupt();

        guard.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(machine.read(NUMA_BALANCING)).isEqualTo("1");
        assertThat(machine.affinity()).isEqualTo(ALL);
    }

    @Test
    void restoresTheMemoryPolicyThatTheThreadHad() {
        NumaPolicy before = NumaPolicy.of(Mode.INTERLEAVE, Set.of(0, 1));
        machine.policy(TEST_THREAD, before);

        Guard.apply(QUIET_ON_2_AND_3, machine).close();

        assertThat(machine.threadPolicy()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "LOCAL, LOCAL",
        "BIND, BIND [0]",
        "PREFERRED, PREFERRED [0]",
        "INTERLEAVE, 'INTERLEAVE [0, 1]'",
    })
    void translatesTheMemoryPlacement(MemoryPlacement memory, String policy) {
        Guard.apply(on("2-3", memory, BalancingPlan.UNCHANGED), machine).close();

        assertThat(machine.log()).startsWith("policy " + policy, "sweep " + policy);
    }

    @Test
    void leavesMappingsAloneThatAreLocalAnyway() {
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
        }
        assertThat(machine.log()).contains("policy LOCAL", "policy DEFAULT").noneMatch(log -> log.startsWith("sweep"));
    }

    @Test
    void makesMemoryLocalOfAProcessThatWasStartedInterleaved() {
        machine.shield().threads(new ThreadPolicy(1, "java", "interleave:0-1", true));
        Guard.apply(QUIET_ON_2_AND_3, machine).close();
        assertThat(machine.log()).containsSubsequence("policy LOCAL", "sweep LOCAL", "sweep DEFAULT", "policy DEFAULT");
    }

    @Test
    void bindsToEveryNodeOfTheChosenCpus() {
        Guard.apply(on("3-4", MemoryPlacement.BIND, BalancingPlan.UNCHANGED), machine)
                .close();

        assertThat(machine.log()).startsWith("policy BIND [0, 1]");
    }

    @Test
    void leavesMemoryAndBalancingUnchangedIfAskedTo() {
        Guard.apply(on("2-3", MemoryPlacement.UNCHANGED, BalancingPlan.UNCHANGED), machine)
                .close();

        assertThat(machine.log()).containsExactly("pin 2-3", "pin 0-7 on thread 1");
    }
}
