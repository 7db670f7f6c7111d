/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.guard.Placements.BOUND_TO_2_AND_3;
import static io.tailgate.guard.Placements.QUIET_ON_2_AND_3;
import static io.tailgate.machine.FakeMachine.TEST_THREAD;
import static io.tailgate.machine.FakeTopologies.inCpuset;
import static io.tailgate.machine.FakeTopologies.online;
import static io.tailgate.machine.FakeTopologies.twoNodesOfFour;
import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.FakeMachine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.NumaPolicy;
import io.tailgate.machine.PageCount;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What someone else changed while a guard held. */
class DisturbanceTests {

    private static final String LOSS =
            "the warden (process 4711) ended; for a moment what it had changed was not in its care";

    private final FakeMachine machine = new FakeMachine();

    @Test
    void coversNewMappingsWhenTheWindowStarts() {
        try (Guard guard = Guard.apply(BOUND_TO_2_AND_3, machine)) {
            guard.startWindow();
            assertThat(machine.log()).endsWith("pin 2-3", "sweep BIND [0]");
            guard.endWindow();
            assertThat(guard.protection().disturbance()).isNull();
        }
    }

    @Test
    void tellsThatBalancingCameBack() {
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
            machine.setting(NUMA_BALANCING, "1");
            guard.endWindow();
            assertThat(guard.protection().disturbance()).startsWith("kernel.numa_balancing became 1 instead of 0");
            assertThat(guard.protection().balancingDuring()).isEqualTo("1");
        }
    }

    @Test
    void tellsThatBalancingCameAndWent() {
        machine.pteUpdates(OptionalLong.of(7_000));
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
            machine.pteUpdates(OptionalLong.of(19_345));
            guard.endWindow();
            assertThat(guard.protection().disturbance())
                    .isEqualTo("kernel.numa_balancing was on for a time while measuring: the kernel took 12345 pages"
                            + " (numa_pte_updates)");
        }
    }

    @Test
    void forgivesAScanThatWasUnderWayWhenBalancingWasSwitchedOff() {
        machine.pteUpdates(OptionalLong.of(7_000));
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            machine.pteUpdates(OptionalLong.of(19_345));
            guard.startWindow();
            guard.endWindow();
            assertThat(guard.protection().disturbance()).isNull();
        }
    }

    @Test
    void doesNotNeedAKernelThatCountsPages() {
        machine.pteUpdates(OptionalLong.empty());
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
            guard.endWindow();
            assertThat(guard.protection().disturbance()).isNull();
        }
    }

    @Test
    void expectsPagesToBeTakenWhereBalancingStaysOn() {
        machine.warden().refusing(NUMA_BALANCING, "only root may");
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
            machine.pteUpdates(OptionalLong.of(12_345));
            guard.endWindow();
            assertThat(guard.protection().disturbance()).isNull();
        }
    }

    @Test
    void tellsThatBalancingCameBackBeforeTheWindow() {
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            machine.setting(NUMA_BALANCING, "1");
            guard.startWindow();
            guard.endWindow();
            assertThat(guard.protection().disturbance()).startsWith("kernel.numa_balancing became 1 instead of 0");
        }
    }

    @Test
    void tellsThatTheWardenWasLostThoughItWasReplaced() {
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
            machine.warden().dies();
            guard.endWindow();
            assertThat(guard.protection().disturbance()).isEqualTo(LOSS);
        }
    }

    @Test
    void doesNotMindALostWardenThatHadChangedNothing() {
        machine.setting(NUMA_BALANCING, "0");
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
            machine.warden().dies();
            guard.endWindow();
            assertThat(guard.protection().disturbance()).isNull();
        }
    }

    @Test
    void tellsThatTheWardenWasLostAndCouldNotBeReplaced() {
        Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine);
        guard.startWindow();
        machine.warden().dies().unavailable("no memory for another process");
        guard.endWindow();
        assertThat(guard.protection().disturbance())
                .contains(LOSS, "kernel.numa_balancing is held no longer: no memory for another process");
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(guard::close)
                .withMessageContainingAll(
                        "kernel.numa_balancing may not have been set back", "tailgate-junit.jar restore");
    }

    @Test
    void tellsThatTheThreadWasMoved() {
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
            machine.thread(TEST_THREAD, CpuSet.of(5));
            guard.endWindow();
            assertThat(guard.protection().disturbance())
                    .isEqualTo("the test's thread was put on CPUs 5 instead of 2-3");
            assertThat(guard.protection().cpus()).isEqualTo(CpuSet.of(5));
        }
    }

    @Test
    void tellsThatACpuWentOffline() {
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
            machine.topology(online(twoNodesOfFour(), CpuSet.parse("0-2,4-7"))).thread(TEST_THREAD, CpuSet.of(2));
            guard.endWindow();
            assertThat(guard.protection().disturbance())
                    .isEqualTo("the test's thread was put on CPUs 2 instead of 2-3; CPUs 3 went offline");
        }
    }

    @Test
    void tellsThatTheCpusetShrank() {
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
            machine.topology(inCpuset(twoNodesOfFour(), CpuSet.of(0, 2))).thread(TEST_THREAD, CpuSet.of(2));
            guard.endWindow();
            assertThat(guard.protection().disturbance())
                    .endsWith("instead of 2-3; the cpuset of this process now allows 0,2");
        }
    }

    @Test
    void tellsThatThePolicyWasReplaced() {
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
            machine.policy(TEST_THREAD, NumaPolicy.DEFAULT);
            guard.endWindow();
            assertThat(guard.protection().disturbance())
                    .isEqualTo("the test's memory policy became DEFAULT instead of LOCAL");
        }
    }

    @Test
    void tellsThatTheShieldWasLost() {
        machine.warden().refusing(NUMA_BALANCING, "only root may");
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
            machine.pages(PageCount.of(900, 100, Map.of()));
            guard.endWindow();
            assertThat(guard.protection().disturbance())
                    .startsWith("the memory policy no longer shields the process's memory")
                    .contains("900 of 1000 pages that may be scanned");
        }
    }

    @Test
    void needsNoShieldWhileBalancingIsOff() {
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
            machine.pages(PageCount.of(900, 100, Map.of()));
            guard.endWindow();
            assertThat(guard.protection().disturbance()).isNull();
        }
    }
}
