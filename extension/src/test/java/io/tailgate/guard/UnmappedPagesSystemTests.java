/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailgate.machine.CounterReader;
import io.tailgate.machine.Machine;
import io.tailgate.machine.linux.Machines;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.Placement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Pages that the real kernel unmapped are mapped again by the guard. */
@Tag("root")
@ResourceLock(Resources.GLOBAL)
class UnmappedPagesSystemTests {

    /** New code and garbage of the JVM; no page that was unmapped. */
    private static final int FEW = 16;

    @RegisterExtension
    static final RealBalancing BALANCING = new RealBalancing();

    private final Machine machine = Machines.ofThisHost();
    private final ScannedMemory memory = new ScannedMemory(machine);

    @BeforeEach
    void requireUnmappedPages() {
        assumeTrue(memory.wasUnmapped(), "needs a kernel that scans this process within 20 s");
    }

    @Test
    void faultNoMoreWhereBalancingIsSwitchedOff() {
        expectNoFaults(MemoryPlacement.LOCAL, BalancingPlan.OFF, Tier.SYSCTL);
    }

    @Test
    void faultNoMoreWhereThisThreadHasNoPolicy() {
        expectNoFaults(MemoryPlacement.UNCHANGED, BalancingPlan.OFF, Tier.SYSCTL);
    }

    @Test
    void faultNoMoreWhereThisProcessIsShielded() {
        expectNoFaults(MemoryPlacement.LOCAL, BalancingPlan.SHIELDED, Tier.POLICY_SWEEP);
    }

    private long faultsOfTheProcess() {
        long[] totals = new long[CounterReader.FIELDS];
        machine.counters().readProcess(totals, 0);
        return totals[CounterReader.MINOR_FAULTS];
    }

    private void expectNoFaults(MemoryPlacement placement, BalancingPlan balancing, Tier tier) {
        Placement onOneCpu = new Placement(Placement.ANY_NODE, null, 1, placement, balancing, List.of());
        long hintsBefore = machine.numaHintFaults().orElseThrow();
        try (Guard guard = Guard.apply(onOneCpu, machine)) {
            long hintsOfTheGuard = machine.numaHintFaults().orElseThrow() - hintsBefore;
            assumeTrue(guard.protection().tier() == tier, () -> "needs the tier: " + guard.protection());
            assumeFalse(
                    guard.protection()
                            .reason()
                            .contains("were mapped again: get_mempolicy() failed: Operation not permitted"),
                    () -> "several nodes, and seccomp refuses memory policies: " + guard.protection());
            assertThat(guard.leavesUnmappedPages()).isFalse();
            guard.startWindow();
            long before = faultsOfTheProcess();
            long faults = memory.touchAll();
            long faultsOfTheProcess = faultsOfTheProcess() - before;
            guard.endWindow();

            System.out.println("mapped again: " + hintsOfTheGuard + "; then " + faults + " faults, "
                    + guard.protection().hintFaults() + " of them hinting; " + guard.protection());
            assertThat(hintsOfTheGuard).isGreaterThan(ScannedMemory.MANY);
            assertThat(faults).isLessThan(FEW);
            assertThat(Math.min(faultsOfTheProcess, guard.protection().hintFaults()))
                    .as(
                            "%d faults of this process, %d hinting ones of the host",
                            faultsOfTheProcess, guard.protection().hintFaults())
                    .isLessThan(FEW);
            assertThat(guard.protection().reason()).contains("pages that it had unmapped were mapped again");
        }
    }
}
