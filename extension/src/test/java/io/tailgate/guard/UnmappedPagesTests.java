/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.machine.KernelSetting.NUMA_BALANCING;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.AddressRanges;
import io.tailgate.machine.FakeMachine;
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

    private final FakeMachine machine = new FakeMachine().pteUpdates(OptionalLong.of(7));

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

    private boolean areLeftUnder(Placement placement) {
        try (Guard guard = Guard.apply(placement, machine)) {
            return guard.leavesUnmappedPages();
        }
    }
}
