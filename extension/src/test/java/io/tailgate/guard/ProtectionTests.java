/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.guard.Placements.QUIET_ON_2_AND_3;
import static io.tailgate.guard.Placements.on;
import static io.tailgate.machine.FakeMachine.TEST_THREAD;
import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.FakeMachine;
import io.tailgate.machine.PageCount;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a guard says of itself. */
class ProtectionTests {

    private static final String EACCES =
            "cannot write /proc/sys/kernel/numa_balancing: Permission denied (EACCES); only root may";

    private final FakeMachine machine = new FakeMachine();

    @Test
    void isTheSysctlWhereItMayBeWritten() {
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            Protection protection = guard.protection();

            assertThat(protection.tier()).isEqualTo(Tier.SYSCTL);
            assertThat(protection.reason()).isEqualTo("kernel.numa_balancing was 1 and was set to 0 for the test");
            assertThat(protection.balancingBefore()).isEqualTo("1");
            assertThat(protection.balancingDuring()).isEqualTo("0");
            assertThat(protection.cpus()).isEqualTo(CpuSet.of(2, 3));
            assertThat(protection.pinned()).isTrue();
            assertThat(protection.hintFaults()).as("no window yet").isEqualTo(-1);
        }
    }

    @Test
    void isTheSysctlForFreeWhereItIsZeroAlready() {
        machine.setting(NUMA_BALANCING, "0");
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            assertThat(guard.protection().tier()).isEqualTo(Tier.SYSCTL);
            assertThat(guard.protection().reason()).isEqualTo("kernel.numa_balancing was already 0");
            assertThat(guard.protection().balancingBefore()).isEqualTo("0");
            assertThat(machine.warden().holds(NUMA_BALANCING))
                    .as("whoever switched it off may end before the test")
                    .isTrue();
        }
        assertThat(machine.log()).noneMatch(action -> action.startsWith("NUMA_BALANCING"));
    }

    @Test
    void needsNoWardenWhereItIsZeroAlready() {
        machine.setting(NUMA_BALANCING, "0").warden().unavailable("no warden");
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            assertThat(guard.protection().tier()).isEqualTo(Tier.SYSCTL);
            assertThat(guard.protection().reason()).isEqualTo("kernel.numa_balancing was already 0");
        }
    }

    @Test
    void saysThatAnotherTestSwitchedItOffAndWhatComesBackInTheEnd() {
        machine.warden().heldElsewhere(NUMA_BALANCING);
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            assertThat(guard.protection().reason())
                    .contains("already 0 for another test of this host", "set back to 1 when the last one ends");
            assertThat(guard.protection().balancingBefore()).isEqualTo("1");
        }
        assertThat(machine.read(NUMA_BALANCING)).isEqualTo("0");
    }

    @Test
    void staysTheSysctlWhenTheOtherTestEnds() {
        machine.warden().heldElsewhere(NUMA_BALANCING);
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
            machine.warden().releasedElsewhere(NUMA_BALANCING);
            guard.endWindow();
            assertThat(guard.protection().disturbance()).isNull();
        }
        assertThat(machine.read(NUMA_BALANCING)).isEqualTo("1");
    }

    @Test
    void doesNotFightAValueThatSomeoneSetWhileOthersHoldIt() {
        machine.warden().heldElsewhere(NUMA_BALANCING).file("numa_balancing", "2");
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            assertThat(guard.protection().tier()).isEqualTo(Tier.POLICY_SWEEP);
            assertThat(guard.protection().reason())
                    .startsWith("kernel.numa_balancing is 2: someone else set it so while other tests");
        }
        assertThat(machine.read(NUMA_BALANCING)).isEqualTo("2");
    }

    @Test
    void doesNotTakeTheZeroOfADeadTestForItsOwn() {
        machine.setting(NUMA_BALANCING, "0")
                .warden()
                .leftByTheDead(NUMA_BALANCING, "1")
                .refusing(NUMA_BALANCING, EACCES);
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            assertThat(guard.protection().tier()).isEqualTo(Tier.POLICY_SWEEP);
            assertThat(guard.protection().reason()).startsWith("kernel.numa_balancing is 1: " + EACCES);
        }
    }

    @Test
    void namesEveryWayToAWardenThatWasTried() {
        machine.warden().unavailable("not root; no socket; no sudo");
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            assertThat(guard.protection().tier()).isEqualTo(Tier.POLICY_SWEEP);
            assertThat(guard.protection().reason())
                    .startsWith("kernel.numa_balancing is 1: not root; no socket; no sudo");
        }
        assertThat(machine.log()).noneMatch(action -> action.startsWith("NUMA_BALANCING"));
    }

    @Test
    void fallsBackToTheShieldAndSaysWhyNotMore() {
        machine.warden().refusing(NUMA_BALANCING, EACCES);
        machine.pages(PageCount.of(990, 10, Map.of(0, 1000L)));
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
            assertThat(guard.protection().tier()).isEqualTo(Tier.POLICY_SWEEP);
            assertThat(guard.protection().reason())
                    .isEqualTo(
                            "kernel.numa_balancing is 1: " + EACCES
                                    + "; 990 of 1000 pages that may be scanned have a memory policy (LOCAL)"
                                    + "; not POLICY_PROCESS: 1 of 1 threads of the JVM lack a memory policy that shields, e.g."
                                    + " \"java\" (tid 1, default); start it with tailgate-local-memory or numactl --localalloc");
        }
    }

    @Test
    void changesNothingGlobalWhenShielded() {
        try (Guard guard = Guard.apply(on("2-3", MemoryPlacement.LOCAL, BalancingPlan.SHIELDED), machine)) {
            assertThat(guard.protection().tier()).isEqualTo(Tier.POLICY_SWEEP);
        }
        assertThat(machine.log()).noneMatch(action -> action.startsWith("NUMA_BALANCING"));
    }

    @Test
    void claimsNoShieldThatLeavesPagesOpen() {
        machine.warden().refusing(NUMA_BALANCING, EACCES);
        machine.pages(PageCount.of(900, 100, Map.of()));
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
            assertThat(guard.protection().tier()).isEqualTo(Tier.OBSERVE_ONLY);
            assertThat(guard.protection().reason()).contains("900 of 1000 pages that may be scanned");
        }
    }

    @Test
    void onlyObservesWhereSeccompRefusesThePolicyToo() {
        String eperm = "mbind(mode 4) failed: Operation not permitted (errno 1)";
        machine.warden().refusing(NUMA_BALANCING, EACCES);
        machine.shield().refusing(80, eperm).pages(PageCount.of(0, 1000, Map.of()));
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            assertThat(guard.protection().tier()).isEqualTo(Tier.OBSERVE_ONLY);
            assertThat(guard.protection().reason()).contains(EACCES, eperm, "80 of 80 mappings", "--cap-add SYS_NICE");
            assertThat(guard.cpus()).as("affinity needs no privilege").isEqualTo(CpuSet.of(2, 3));
        }
    }

    @Test
    void survivesAThreadPolicyThatIsRefused() {
        machine.refusing("policy LOCAL").refusing("policy DEFAULT").pages(PageCount.of(0, 1000, Map.of()));
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            assertThat(guard.protection().reason())
                    .contains(
                            "memory policy LOCAL was refused: policy LOCAL failed: Operation not permitted (errno 1)");
        }
    }

    @Test
    void onlyObservesWithMemoryUnchangedAndNoPermission() {
        machine.warden().refusing(NUMA_BALANCING, EACCES);
        try (Guard guard = Guard.apply(on("2-3", MemoryPlacement.UNCHANGED, BalancingPlan.OFF), machine)) {
            guard.startWindow();
            guard.endWindow();
            assertThat(guard.protection().tier()).isEqualTo(Tier.OBSERVE_ONLY);
            assertThat(guard.protection().reason())
                    .contains(
                            EACCES,
                            "memory = UNCHANGED",
                            "1000 of 1000 pages that may be scanned have a memory policy");
        }
    }

    @Test
    void doesNotCallAnUnreadablePageTableARefusal() {
        machine.warden().refusing(NUMA_BALANCING, EACCES);
        machine.refusing("pages", "Permission denied (errno 13)");
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
            assertThat(guard.protection().tier()).isEqualTo(Tier.OBSERVE_ONLY);
            assertThat(guard.protection().reason())
                    .contains("which pages have a memory policy could not be read: pages failed: Permission denied")
                    .doesNotContain("was refused", "SYS_NICE");
        }
        assertThat(machine.log().stream().filter("sweep LOCAL"::equals)).hasSize(2);
    }

    @Test
    void namesAKernelWithoutBalancing() {
        machine.without(NUMA_BALANCING);
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            assertThat(guard.protection().reason()).startsWith("this kernel has no kernel.numa_balancing");
            assertThat(guard.protection().balancingBefore()).isNull();
            assertThat(guard.protection().balancingDuring()).isNull();
        }
    }

    @Test
    void letsATestRunOnAMachineThatCannotBeControlled() {
        machine.unsupported("Tailgate controls Linux, not Mac OS X");
        try (Guard guard = Guard.apply(QUIET_ON_2_AND_3, machine)) {
            guard.startWindow();
            guard.endWindow();
            assertThat(guard.protection())
                    .isEqualTo(new Protection(
                            Tier.OBSERVE_ONLY,
                            "Tailgate controls Linux, not Mac OS X",
                            null,
                            null,
                            -1,
                            null,
                            false,
                            null,
                            List.of()));
        }
    }

    @Test
    void observesATestThatAskedForNothing() {
        machine.hintFaults(OptionalLong.of(100));
        try (Guard guard = Guard.observe(machine)) {
            guard.startWindow();
            machine.hintFaults(OptionalLong.of(150));
            guard.endWindow();
            assertThat(guard.protection())
                    .isEqualTo(new Protection(
                            Tier.OBSERVE_ONLY,
                            "no @PinnedNuma",
                            "1",
                            "1",
                            50,
                            CpuSet.parse("0-7"),
                            false,
                            null,
                            List.of()));
        }
        assertThat(machine.log()).isEmpty();
    }

    @Test
    void doesNotCallUncountedHintFaultsZero() {
        machine.hintFaults(OptionalLong.empty());
        try (Guard guard = Guard.observe(machine)) {
            guard.startWindow();
            guard.endWindow();
            assertThat(guard.protection().hintFaults()).isEqualTo(-1);
        }
    }

    @Test
    void observesAThreadThatHasNoCpusOfItsOwn() {
        machine.threadEnds(TEST_THREAD);
        try (Guard guard = Guard.observe(machine)) {
            assertThat(guard.cpus()).isNull();
        }
    }
}
