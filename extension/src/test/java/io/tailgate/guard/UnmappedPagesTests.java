/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.AddressRanges;
import io.tailgate.machine.FakeMachine;
import io.tailgate.machine.PagesRead;
import io.tailgate.machine.PolicySweep;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.Placement;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UnmappedPagesTests {

    private static final Placement OFF = Placements.QUIET_ON_2_AND_3;
    private static final Placement SHIELDED = Placements.on("2-3", MemoryPlacement.LOCAL, BalancingPlan.SHIELDED);
    private static final Placement UNPROTECTED =
            Placements.on("2-3", MemoryPlacement.UNCHANGED, BalancingPlan.UNCHANGED);

    private static final String EFBIG = "File too large (errno 27)";

    private final FakeMachine machine =
            new FakeMachine().pteUpdates(OptionalLong.of(7)).refusing("map again", EFBIG);

    @Test
    void areLeftWhereBalancingWasSwitchedOff() {
        assertThat(areLeftUnder(OFF)).isTrue();
    }

    @Test
    void areLeftWhereThisProcessWasShielded() {
        assertThat(areLeftUnder(SHIELDED)).isTrue();
    }

    @Test
    void areLeftWhereSomeMappingsWereRefusedThePolicy() {
        AddressRanges covered = AddressRanges.of(new TreeMap<>(Map.of(0x1000L, 0x9000L)));
        machine.shield().sweeping(new PolicySweep(covered, 90, 0, 1, Optional.of("Operation not permitted")));
        assertThat(areLeftUnder(SHIELDED)).isTrue();
    }

    @Test
    void areNotLeftWhereEveryMappingWasRefusedThePolicy() {
        machine.shield().refusing(80, "Operation not permitted");
        assertThat(areLeftUnder(SHIELDED)).isFalse();
    }

    @Test
    void areNotLeftWhereBalancingWasOffAlready() {
        machine.setting(NUMA_BALANCING, "0");
        assertThat(areLeftUnder(OFF)).isFalse();
    }

    @Test
    void areNotLeftWhereBalancingNeverTookAny() {
        machine.pteUpdates(OptionalLong.of(0));
        assertThat(areLeftUnder(OFF)).isFalse();
    }

    @Test
    void mayBeLeftWhereTheHostDoesNotCountThem() {
        machine.pteUpdates(OptionalLong.empty());
        assertThat(areLeftUnder(OFF)).isTrue();
    }

    @Test
    void areOfNoInterestWhereBalancingGoesOnTakingThem() {
        assertThat(areLeftUnder(UNPROTECTED)).isFalse();
    }

    @Test
    void areOfNoInterestWithoutAPlacement() {
        try (Guard guard = Guard.observe(machine)) {
            assertThat(guard.leavesUnmappedPages()).isFalse();
        }
    }

    @Test
    void areNotLookedForOnAMachineThatCannotBeControlled() {
        machine.unsupported("no Linux");
        assertThat(areLeftUnder(OFF)).isFalse();
    }

    @Test
    void areMappedAgainAfterTheGuardAndWhenMeasuringStarts() {
        machine.acceptingAgain("map again");
        try (Guard guard = Guard.apply(OFF, machine)) {
            assertThat(machine.log()).endsWith("policy LOCAL", "pin 2-3", "map again");
            assertThat(guard.leavesUnmappedPages()).isFalse();

            guard.startWindow();
            assertThat(machine.log()).endsWith("map again", "map again");
        }
    }

    @Test
    void areMappedAgainWhenNoMoreAreTaken() {
        machine.acceptingAgain("map again");
        try (Guard guard = Guard.apply(SHIELDED, machine)) {
            assertThat(machine.log()).endsWith("sweep LOCAL", "pin 2-3", "map again");
            guard.startWindow();
            assertThat(machine.log()).endsWith("sweep LOCAL", "map again");
        }
    }

    @Test
    void areMappedAgainBeforeFaultsAreCounted() {
        machine.acceptingAgain("map again").counters(100, 0, 0, 0).hintFaults(OptionalLong.of(500));
        try (Guard guard = Guard.apply(SHIELDED, machine)) {
            machine.shield()
                    .mappingAgain(
                            new PagesRead(9_000, true),
                            () -> machine.counters(7_100, 0, 0, 0).hintFaults(OptionalLong.of(7_400)));
            guard.startWindow();
            guard.endWindow();
            assertThat(guard.protection().hintFaults()).isZero();
            assertThat(guard.protection().reason())
                    .contains(
                            "; pages that it had unmapped were mapped again: up to 6,900;",
                            "at most 0 hinting faults in this process");
        }
    }

    @Test
    void areLeftAloneWhereNoneMayBe() {
        machine.setting(NUMA_BALANCING, "0");
        Guard.apply(OFF, machine).close();
        machine.setting(NUMA_BALANCING, "1");
        Guard.apply(UNPROTECTED, machine).close();
        machine.pteUpdates(OptionalLong.of(0));
        Guard.apply(OFF, machine).close();
        assertThat(machine.log()).isNotEmpty().doesNotContain("map again");
    }

    @Test
    void areLeftWhereTimeIsTooShortForAll() {
        machine.acceptingAgain("map again").shield().mappingAgain(new PagesRead(9_000_000, false), () -> {});
        try (Guard guard = Guard.apply(OFF, machine)) {
            assertThat(guard.leavesUnmappedPages()).isTrue();
            assertThat(guard.protection().reason())
                    .contains("; of the pages that it had unmapped only those among the first 9,000,000 were mapped"
                            + " again within 2 s");
        }
    }

    @Test
    void areLeftWithTheReasonWhereMappingThemIsRefused() {
        try (Guard guard = Guard.apply(OFF, machine)) {
            assertThat(guard.protection().tier()).isEqualTo(Tier.SYSCTL);
            assertThat(guard.protection().reason())
                    .contains("; not all pages that it had unmapped were mapped again: map again failed: " + EFBIG);
        }
    }

    private boolean areLeftUnder(Placement placement) {
        try (Guard guard = Guard.apply(placement, machine)) {
            return guard.leavesUnmappedPages();
        }
    }
}
