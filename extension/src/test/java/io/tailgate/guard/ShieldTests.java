/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.guard.Placements.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.AddressRanges;
import io.tailgate.machine.FakeMachine;
import io.tailgate.machine.NumaPolicy;
import io.tailgate.machine.PageCount;
import io.tailgate.machine.PolicySweep;
import io.tailgate.machine.ThreadPolicy;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tiers that need no root. */
class ShieldTests {

    private static final ThreadPolicy MAIN = new ThreadPolicy(1, "java", "local", true);
    private static final ThreadPolicy GC = new ThreadPolicy(7, "GC Thread#0", "local", true);
    private static final ThreadPolicy OPEN_GC = new ThreadPolicy(7, "GC Thread#0", "default", false);
    private static final String EPERM = "mbind(mode 4) failed: Operation not permitted (errno 1)";

    private final FakeMachine machine = new FakeMachine();

    private Guard guard(MemoryPlacement memory) {
        return Guard.apply(on("2-3", memory, BalancingPlan.SHIELDED), machine);
    }

    private static AddressRanges range(long start, long end) {
        return AddressRanges.of(new TreeMap<>(Map.of(start, end)));
    }

    @Test
    void isTheProcessWhereEveryThreadHasAPolicy() {
        machine.shield().threads(MAIN, GC);
        try (Guard guard = guard(MemoryPlacement.LOCAL)) {
            machine.counters(100, 0, 0, 0).hintFaults(OptionalLong.empty());
            guard.startWindow();
            machine.counters(107, 0, 0, 0);
            guard.endWindow();
            assertThat(guard.protection().tier()).isEqualTo(Tier.POLICY_PROCESS);
            assertThat(guard.protection().reason())
                    .endsWith(
                            "; all 2 threads of the JVM have a memory policy (local); at most 7 hinting faults in this"
                                    + " process from the first measured iteration to the last (its minor faults, also"
                                    + " between iterations: 7; the host's hinting faults: unknown)");
            assertThat(guard.protection().disturbance()).isNull();
        }
        assertThat(machine.log()).as("nothing to set, nothing to undo").noneMatch(action -> action.contains("LOCAL"));
    }

    @Test
    void hasNoMoreHintingFaultsThanTheHost() {
        machine.shield().threads(MAIN, GC);
        try (Guard guard = guard(MemoryPlacement.LOCAL)) {
            machine.counters(100, 0, 0, 0).hintFaults(OptionalLong.of(50));
            guard.startWindow();
            machine.counters(1_089, 0, 0, 0).hintFaults(OptionalLong.of(52));
            guard.endWindow();
            assertThat(guard.protection().reason())
                    .contains("at most 2 hinting faults in this process", "989; the host's hinting faults: 2)");
        }
    }

    @Test
    void readsNoPageTablesOfAShieldedProcess() {
        machine.shield().threads(MAIN, GC);
        machine.refusing("pages");
        try (Guard guard = guard(MemoryPlacement.LOCAL)) {
            assertThat(guard.protection().reason()).doesNotContain("pages");
        }
    }

    @Test
    void believesThePolicyUntilMeasuringStarts() {
        machine.refusing("pages");
        try (Guard guard = guard(MemoryPlacement.LOCAL)) {
            assertThat(guard.protection().tier()).isEqualTo(Tier.POLICY_SWEEP);
            assertThat(guard.protection().reason()).doesNotContain("pages");

            guard.startWindow();
            assertThat(guard.protection().tier()).isEqualTo(Tier.OBSERVE_ONLY);
            assertThat(guard.protection().reason()).contains("pages have a memory policy could not be read");
        }
    }

    @Test
    void countsPagesOnceWhereNoPolicyWasAskedFor() {
        machine.refusing("pages");
        try (Guard guard = guard(MemoryPlacement.UNCHANGED)) {
            guard.startWindow();
            assertThat(guard.protection().reason()).doesNotContain("pages");

            machine.acceptingAgain("pages").pages(PageCount.of(0, 1000, Map.of()));
            guard.endWindow();
            assertThat(guard.protection().reason())
                    .contains("memory = UNCHANGED; 0 of 1000 pages that may be scanned have a memory policy");
            assertThat(guard.protection().disturbance()).isNull();
        }
    }

    @Test
    void stillPlacesMemoryOfAShieldedProcess() {
        machine.shield().threads(MAIN, GC);
        try (Guard guard = guard(MemoryPlacement.BIND)) {
            assertThat(guard.protection().tier()).isEqualTo(Tier.POLICY_PROCESS);
        }
        assertThat(machine.log()).contains("policy BIND [0]", "sweep BIND [0]", "sweep DEFAULT", "policy DEFAULT");
    }

    @Test
    void makesMemoryLocalWhereTheProcessWasStartedInterleaved() {
        machine.shield().threads(new ThreadPolicy(1, "java", "interleave:0-1", true));
        try (Guard guard = guard(MemoryPlacement.LOCAL)) {
            assertThat(guard.protection().reason()).endsWith("have a memory policy (interleave:0-1)");
        }
        assertThat(machine.log()).contains("sweep LOCAL", "sweep DEFAULT");
    }

    @Test
    void recognisesTheProcessWithMemoryUnchanged() {
        machine.shield().threads(MAIN, GC);
        try (Guard guard = guard(MemoryPlacement.UNCHANGED)) {
            assertThat(guard.protection().tier()).isEqualTo(Tier.POLICY_PROCESS);
        }
    }

    @Test
    void recognisesAPolicyFromOutsideWhereSeccompRefusesEveryCall() {
        machine.shield().threads(MAIN, GC).refusing(80, EPERM);
        machine.refusing("policy LOCAL");
        try (Guard guard = guard(MemoryPlacement.LOCAL)) {
            assertThat(guard.protection().tier()).isEqualTo(Tier.POLICY_PROCESS);
            assertThat(guard.protection().reason()).doesNotContain("refused");
        }
    }

    @Test
    void namesTheThreadThatLacksAPolicy() {
        machine.shield().threads(MAIN, OPEN_GC);
        try (Guard guard = guard(MemoryPlacement.LOCAL)) {
            assertThat(guard.protection().tier()).isEqualTo(Tier.POLICY_SWEEP);
            assertThat(guard.protection().reason())
                    .contains("not POLICY_PROCESS: 1 of 2 threads of the JVM lack", "\"GC Thread#0\" (tid 7, default)");
        }
    }

    @Test
    void sweepsWhenMeasuringStartsIfAThreadHasLostItsPolicy() {
        machine.shield().threads(MAIN, GC);
        try (Guard guard = guard(MemoryPlacement.LOCAL)) {
            machine.shield().threads(MAIN, OPEN_GC);
            guard.startWindow();
            assertThat(guard.protection().tier()).isEqualTo(Tier.POLICY_SWEEP);
        }
        assertThat(machine.log()).containsSubsequence("policy LOCAL", "sweep LOCAL", "sweep DEFAULT", "policy DEFAULT");
    }

    @Test
    void isDisturbedByAThreadThatLosesItsPolicyMeanwhile() {
        machine.shield().threads(MAIN, GC).pages(PageCount.of(0, 1000, Map.of()));
        try (Guard guard = guard(MemoryPlacement.LOCAL)) {
            guard.startWindow();
            machine.shield().threads(MAIN, OPEN_GC);
            guard.endWindow();
            assertThat(guard.protection().tier()).isEqualTo(Tier.OBSERVE_ONLY);
            assertThat(guard.protection().disturbance())
                    .contains("no longer shields", "0 of 1000 pages", "\"GC Thread#0\" (tid 7, default)");
        }
    }

    @Test
    void saysWhyThreadsCouldNotBeRead() {
        machine.refusing("threads", "mmap(100000) failed: File exists (errno 17)");
        try (Guard guard = guard(MemoryPlacement.LOCAL)) {
            assertThat(guard.protection().tier()).isEqualTo(Tier.POLICY_SWEEP);
            assertThat(guard.protection().reason()).endsWith("File exists (errno 17)");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = BalancingPlan.class,
            names = {"OFF", "SHIELDED"})
    void saysOnWhichNodesPagesLieAfterAll(BalancingPlan balancing) {
        machine.pages(PageCount.of(15_672, 0, Map.of(0, 312L, 1, 15_360L)));
        try (Guard guard = Guard.apply(on("4-5", MemoryPlacement.BIND, balancing), machine)) {
            guard.startWindow();
            guard.endWindow();
            assertThat(guard.protection().reason())
                    .contains("; memory BIND [1], pages by node after measuring: node 0 312, node 1 15360");
        }
    }

    @Test
    void saysWhyItCannotTellWherePagesLie() {
        machine.refusing("pages");
        try (Guard guard = Guard.apply(on("4-5", MemoryPlacement.BIND, BalancingPlan.OFF), machine)) {
            guard.startWindow();
            guard.endWindow();
            assertThat(guard.protection().reason()).contains("pages by node after measuring: unknown, pages failed: ");
        }
    }

    @Test
    void takesBackAllThatItCovered() {
        machine.shield().sweeping(new PolicySweep(range(0x1000, 0x3000), 1, 0, 0, Optional.empty()));
        try (Guard guard = guard(MemoryPlacement.LOCAL)) {
            machine.shield().sweeping(new PolicySweep(range(0x3000, 0x4000), 1, 1, 0, Optional.empty()));
            guard.startWindow();
        }
        assertThat(machine.shield().uncovered()).containsExactly(range(0x1000, 0x4000));
    }

    @Test
    void saysWhatItLeftAlone() {
        machine.shield().sweeping(new PolicySweep(AddressRanges.NONE, 90, 3, 0, Optional.empty()));
        try (Guard guard = guard(MemoryPlacement.LOCAL)) {
            guard.startWindow();
            assertThat(guard.protection().reason()).contains("(LOCAL), 3 mappings kept the one that they had");
        }
    }

    @Test
    void doesNotSeeADisturbanceInAnotherNameOfItsPolicy() {
        machine.shield().threads(MAIN, OPEN_GC);
        try (Guard guard = guard(MemoryPlacement.LOCAL)) {
            machine.policy(FakeMachine.TEST_THREAD, NumaPolicy.of(NumaPolicy.Mode.PREFERRED, List.of()));
            guard.startWindow();
            assertThat(guard.protection().disturbance()).isNull();
        }
    }
}
