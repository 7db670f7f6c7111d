/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.machine.FakeTopologies.cores;
import static io.tailgate.machine.FakeTopologies.nodes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.FakeMachine;
import io.tailgate.machine.ThreadId;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.Placement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the JVM's compiler and collector threads are while a test runs. */
class JvmThreadsTests {

    private static final CpuSet ALL = CpuSet.parse("0-7");

    private final FakeMachine machine = new FakeMachine();
    private final ThreadId compiler = new ThreadId(20, 50);
    private final ThreadId other = new ThreadId(21, 50);

    private Guard guard(String cpus) {
        return Guard.apply(
                new Placement(
                        Placement.ANY_NODE,
                        CpuSet.parse(cpus),
                        0,
                        MemoryPlacement.UNCHANGED,
                        BalancingPlan.UNCHANGED,
                        List.of(),
                        Duration.ofSeconds(1)),
                machine);
    }

    /** Returns where the compiler is while a test runs on {@code cpus}. */
    private CpuSet during(String cpus) {
        Guard guard = guard(cpus);
        try {
            return machine.affinity(compiler).orElseThrow();
        } finally {
            guard.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C1 CompilerThre",
                "C2 CompilerThre",
                "VM Thread",
                "VM Periodic Tas",
                "GC Thread#0",
                "G1 Main Marker",
                "G1 Refine#0",
                "ZDriverMinor",
                "ZWorkerOld#1",
                "Shenandoah GC T"
            })
    void areElsewhereWhileATestRuns(String name) {
        machine.thread(compiler, name).thread(other, "main");

        try (Guard guard = guard("2-3")) {
            assertThat(machine.affinity(compiler)).contains(CpuSet.of(0, 1));
            assertThat(machine.affinity(other)).contains(ALL);
            assertThat(guard.protection().reason())
                    .endsWith("; 1 compiler and collector threads of the JVM were kept on CPUs 0-1");
        }
        assertThat(machine.affinity(compiler)).contains(ALL);
    }

    @Test
    void goToAnotherNodeWhereTheTestsHasNoRoom() {
        machine.thread(compiler, "C2 CompilerThre");
        assertThat(during("0-3")).isEqualTo(CpuSet.parse("4-7"));
    }

    @Test
    void stayAndAreToldOfWhereNoCpuIsFree() {
        machine.thread(compiler, "C2 CompilerThre");
        try (Guard guard = guard("0-7")) {
            assertThat(machine.affinity(compiler)).contains(ALL);
            assertThat(guard.protection().reason())
                    .endsWith("; the JVM's own threads share CPUs 0-7 with the test: no other is free");
        }
    }

    @Test
    void leaveTheSiblingsOfMeasuredCpusIdleWhereThereIsRoom() {
        machine.topology(cores(nodes(ALL), CpuSet.of(0, 4), CpuSet.of(1, 5), CpuSet.of(2, 6), CpuSet.of(3, 7)));
        machine.thread(compiler, "C2 CompilerThre");
        assertThat(during("2-3")).isEqualTo(CpuSet.of(0, 1, 4, 5));
        assertThat(during("0-3")).isEqualTo(CpuSet.parse("4-7"));
    }

    @Test
    void disturbNoOtherTest() {
        machine.reservations().takenBy(77, CpuSet.of(0), 100);
        machine.thread(compiler, "C2 CompilerThre");
        assertThat(during("2-3")).isEqualTo(CpuSet.of(1));
    }

    @Test
    void stayWhereNoCpuIsSpare() {
        machine.thread(compiler, "C2 CompilerThre");
        try (Guard guard = guard("0-7")) {
            assertThat(machine.affinity(compiler)).contains(ALL);
            assertThat(guard.protection().reason()).doesNotContain("compiler");
        }
    }

    @Test
    void stayWhereSomebodyPutThem() {
        machine.thread(compiler, "C2 CompilerThre").thread(compiler, CpuSet.of(3));
        assertThat(during("2-3")).isEqualTo(CpuSet.of(3));
        assertThat(machine.affinity(compiler)).contains(CpuSet.of(3));
    }

    @Test
    void areMovedOnceIfGuardsAreNested() {
        machine.thread(compiler, "C2 CompilerThre");
        Guard outer = guard("2-3");
        assertThat(during("2")).isEqualTo(CpuSet.of(0, 1));
        outer.close();
        assertThat(machine.affinity(compiler)).contains(ALL);
    }

    @Test
    void areMovedBeforeMeasuringIfTheyAreBornInTheTest() {
        Guard guard = guard("2-3");
        machine.thread(compiler, "C2 CompilerThre");
        guard.startWindow();
        assertThat(machine.affinity(compiler)).contains(CpuSet.of(0, 1));

        guard.close();
        assertThat(machine.affinity(compiler)).contains(ALL);
    }

    @Test
    void areFreedIfTheyAreBornOfOneThatWasMoved() {
        machine.thread(compiler, "C2 CompilerThre");
        Guard guard = guard("2-3");
        machine.thread(other, CpuSet.of(0, 1));

        guard.close();

        assertThat(machine.affinity(other)).contains(ALL);
    }

    @Test
    void mayRefuseToMove() {
        machine.thread(compiler, "C2 CompilerThre").refusing("pin 0-1 on " + compiler);
        try (Guard guard = guard("2-3")) {
            assertThat(guard.cpus()).isEqualTo(CpuSet.of(2, 3));
        }
        assertThat(machine.affinity(compiler)).contains(ALL);
    }

    @Test
    void areLeftAloneIfSomebodyMovedThemMeanwhile() {
        machine.thread(compiler, "C2 CompilerThre");
        Guard guard = guard("2-3");
        machine.thread(compiler, CpuSet.of(7));

        guard.close();

        assertThat(machine.affinity(compiler)).contains(CpuSet.of(7));
    }
}
