/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.FakeMachine;
import io.tailgate.machine.FakeReservations;
import io.tailgate.machine.FakeTopologies;
import io.tailgate.machine.MachineException;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.Placement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which CPUs a test gets when other JVMs measure too. */
class ReservedCpusTests {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int OFTEN = 1_000_000;

    private final FakeMachine machine = new FakeMachine();
    private final FakeReservations reservations = machine.reservations();

    private static Placement asking(@Nullable CpuSet cpus, int cpuCount, Duration wait) {
        return new Placement(0, cpus, cpuCount, MemoryPlacement.UNCHANGED, BalancingPlan.UNCHANGED, List.of(), wait);
    }

    private @Nullable CpuSet cpusOf(Placement placement) {
        try (Guard guard = Guard.apply(placement, machine)) {
            return guard.cpus();
        }
    }

    @Test
    void areReservedAsLongAsTheGuardHolds() {
        Guard guard = Guard.apply(asking(CpuSet.of(2, 3), 0, LONG), machine);
        assertThat(reservations.log()).containsExactly("reserve 2-3");

        guard.close();
        assertThat(reservations.log()).containsExactly("reserve 2-3", "release 2-3");
    }

    @Test
    void areGivenBackWhenPinningIsRefused() {
        machine.refusing("pin 2-3");
        Placement placement = asking(CpuSet.of(2, 3), 0, LONG);

        assertThatExceptionOfType(MachineException.class).isThrownBy(() -> Guard.apply(placement, machine));

        assertThat(reservations.log()).endsWith("release 2-3");
    }

    @Test
    void areFreeOnesWhereThereIsAChoice() {
        reservations.takenBy(77, CpuSet.of(1), OFTEN);
        assertThat(cpusOf(asking(null, 2, LONG))).isEqualTo(CpuSet.of(2, 3));
        assertThat(Guard.choose(asking(null, 2, LONG), machine)).isEqualTo(CpuSet.of(2, 3));
    }

    @Test
    void areFreeOnesEvenIfNobodyTellsWhichAreTaken() {
        reservations.takenBy(77, CpuSet.of(1, 2), OFTEN).hidingOthers();
        assertThat(cpusOf(asking(null, 1, LONG))).isEqualTo(CpuSet.of(3));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2, 5-7", // all less one
        "1, 2, 4", // alone on its node
        "4, 2, 4-7",
        "4, 6, 0-3"
    })
    void areThoseOfTheNodeOnWhichNobodyMeasures(int cpuCount, int taken, String chosen) {
        reservations.takenBy(77, CpuSet.of(taken), OFTEN);
        Placement anyNode = new Placement(
                Placement.ANY_NODE,
                null,
                cpuCount,
                MemoryPlacement.UNCHANGED,
                BalancingPlan.UNCHANGED,
                List.of(),
                LONG);
        assertThat(cpusOf(anyNode)).isEqualTo(CpuSet.parse(chosen));
    }

    @Test
    void areThoseOfASmallerNodeIfOnlyItHasEnoughThatAreFree() {
        machine.topology(FakeTopologies.nodes(CpuSet.parse("0-3"), CpuSet.parse("4-5")));
        reservations.takenBy(77, CpuSet.of(0, 1, 2), OFTEN);
        Placement two = new Placement(
                Placement.ANY_NODE, null, 2, MemoryPlacement.UNCHANGED, BalancingPlan.UNCHANGED, List.of(), LONG);
        assertThat(cpusOf(two)).isEqualTo(CpuSet.of(4, 5));
    }

    @Test
    void leaveOutATakenOneOfTheWholeNode() {
        reservations.takenBy(77, CpuSet.of(2), OFTEN);
        assertThat(cpusOf(asking(null, 0, LONG))).isEqualTo(CpuSet.of(0, 1, 3));
    }

    @Test
    void areWaitedForInLineWhereThereIsNoChoice() {
        reservations.takenBy(77, CpuSet.of(3), 3);

        assertThat(cpusOf(asking(CpuSet.of(2, 3), 0, LONG))).isEqualTo(CpuSet.of(2, 3));

        assertThat(reservations.log()).containsExactly("queue 2-3", "reserve 2-3", "leave queue 2-3", "release 2-3");
    }

    @Test
    void areTakenElsewhereIfThatIsFreeFirst() {
        reservations.takenBy(77, CpuSet.of(1), OFTEN).takenBy(78, CpuSet.of(0, 2, 3), 2);

        assertThat(cpusOf(asking(null, 1, LONG))).isEqualTo(CpuSet.of(2));
        assertThat(reservations.log()).startsWith("queue 1");
    }

    @Test
    void areNotWaitedForForEver() {
        reservations.takenBy(77, CpuSet.of(3), OFTEN);

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> Guard.apply(asking(CpuSet.of(2, 3), 0, Duration.ofMillis(30)), machine))
                .withMessageContaining("for CPUs 2-3 and did not get them")
                .withMessageContaining("process 77 (java -jar other.jar), which measures on 3")
                .withMessageContaining("tailgate.cpus.wait");

        assertThat(reservations.log()).containsExactly("queue 2-3", "leave queue 2-3");
        assertThat(machine.log()).isEmpty();
    }

    @Test
    void areGivenUpOnAnInterruptWhichIsKept() {
        reservations.takenBy(77, CpuSet.of(3), OFTEN);
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> Guard.apply(asking(CpuSet.of(2, 3), 0, LONG), machine))
                .withMessageContaining("interrupted while waiting for CPUs 2-3: process 77");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(reservations.log()).containsExactly("queue 2-3", "leave queue 2-3");
    }

    @Test
    void areHadWithoutReservationWhereTheHostHasNone() {
        reservations.refusing("open(/sys/devices/system/cpu/cpu2) failed: No such file or directory (errno 2)");

        try (Guard guard = Guard.apply(asking(CpuSet.of(2, 3), 0, LONG), machine)) {
            assertThat(guard.cpus()).isEqualTo(CpuSet.of(2, 3));
            assertThat(guard.protection().reason())
                    .contains("CPUs not reserved against other JVMs: open(/sys")
                    .contains("(errno 2)");
        }
        assertThat(reservations.log()).isEmpty();
    }

    @Test
    void areSharedIfThereShallBeNoWaiting() {
        reservations.takenBy(77, CpuSet.of(1), OFTEN);
        assertThat(cpusOf(asking(null, 1, Duration.ZERO))).isEqualTo(CpuSet.of(1));
        assertThat(reservations.log()).isEmpty();
    }
}
