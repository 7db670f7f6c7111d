/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static io.tailgate.plan.QuietSetting.CPU_GOVERNOR;
import static io.tailgate.plan.QuietSetting.INTERRUPTS;
import static io.tailgate.plan.QuietSetting.NMI_WATCHDOG;
import static io.tailgate.plan.QuietSetting.TIMER_MIGRATION;
import static io.tailgate.plan.QuietSetting.TRANSPARENT_HUGEPAGES;
import static io.tailgate.plan.QuietSetting.VM_STATISTICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.guard.QuietResult.Had;
import io.tailgate.machine.CpuSet;
import io.tailgate.machine.FakeMachine;
import io.tailgate.machine.FakeWarden;
import io.tailgate.machine.KernelSetting;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.Placement;
import io.tailgate.plan.QuietSetting;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a guard does for a test that asked for quiet settings. */
class QuietChangeTests {

    private final FakeMachine machine = new FakeMachine();
    private final FakeWarden warden = machine.warden()
            .file("thp_enabled", "madvise")
            .file("timer_migration", "1")
            .file("vm_stat_interval", "1")
            .file("nmi_watchdog", "0");

    @Test
    void silencesInTheOrderWrittenAndRestoresInReverse() {
        Guard guard = quiet(VM_STATISTICS, TRANSPARENT_HUGEPAGES, TIMER_MIGRATION);
        assertThat(machine.log())
                .startsWith("VM_STAT_INTERVAL=120", "TRANSPARENT_HUGEPAGES=never", "TIMER_MIGRATION=0");

        guard.close();
        assertThat(machine.log()).endsWith("TIMER_MIGRATION=1", "TRANSPARENT_HUGEPAGES=madvise", "VM_STAT_INTERVAL=1");
    }

    @Test
    void comesAfterBalancingAndBeforeTheTestIsPinned() {
        guard(BalancingPlan.OFF, VM_STATISTICS).close();

        assertThat(machine.log())
                .containsSubsequence(
                        "NUMA_BALANCING=0",
                        "VM_STAT_INTERVAL=120",
                        "pin 2-3",
                        "VM_STAT_INTERVAL=1",
                        "NUMA_BALANCING=1");
    }

    @Test
    void tellsWhatWasAndWhatIs() {
        try (Guard guard = quiet(VM_STATISTICS, NMI_WATCHDOG)) {
            guard.startWindow();
            guard.endWindow();
            assertThat(guard.protection().quiet())
                    .containsExactly(
                            new QuietResult(VM_STATISTICS, Had.YES, "1", "120", "held until the test ends"),
                            new QuietResult(NMI_WATCHDOG, Had.YES, "0", "0", "it was so already"));
            assertThat(guard.protection().disturbance()).isNull();
        }
        assertThat(machine.log()).noneMatch(action -> action.startsWith("NMI_WATCHDOG"));
    }

    @Test
    void tellsOnceThatTheWardenOfAllWasLost() {
        try (Guard guard = guard(BalancingPlan.OFF, VM_STATISTICS, TIMER_MIGRATION, NMI_WATCHDOG)) {
            guard.startWindow();
            warden.dies();
            guard.endWindow();
            assertThat(guard.protection().disturbance()).containsOnlyOnce("the warden");
        }
    }

    @Test
    void isNotStoppedByOneThatIsRefused() {
        warden.refusing(KernelSetting.TRANSPARENT_HUGEPAGES, "Permission denied (EACCES)");
        try (Guard guard = quiet(TRANSPARENT_HUGEPAGES, TIMER_MIGRATION)) {
            assertThat(guard.protection().quiet())
                    .containsExactly(
                            QuietResult.notHad(TRANSPARENT_HUGEPAGES, "Permission denied (EACCES)"),
                            new QuietResult(TIMER_MIGRATION, Had.YES, "1", "0", "held until the test ends"));
        }
        assertThat(warden.holds(KernelSetting.TRANSPARENT_HUGEPAGES)).isFalse();
        assertThat(warden.file("timer_migration")).contains("1");
    }

    @Test
    void namesAllWithTheOneReasonWhereThereIsNoWarden() {
        warden.unavailable("no warden can be had: only root may");
        try (Guard guard = quiet(TRANSPARENT_HUGEPAGES, TIMER_MIGRATION)) {
            guard.startWindow();
            guard.endWindow();
            assertThat(QuietResult.inOneLine(guard.protection().quiet()))
                    .isEqualTo("TRANSPARENT_HUGEPAGES, TIMER_MIGRATION not had: no warden can be had: only root may");
            assertThat(guard.protection().disturbance()).isNull();
        }
    }

    @Test
    void namesAllOnAMachineThatCannotBeControlled() {
        machine.unsupported("Tailgate controls Linux, not Mac OS X");
        try (Guard guard = quiet(TIMER_MIGRATION)) {
            assertThat(guard.protection().quiet())
                    .containsExactly(QuietResult.notHad(TIMER_MIGRATION, "Tailgate controls Linux, not Mac OS X"));
        }
    }

    @Test
    void saysThatTheMachineHasNoSuchFile() {
        try (Guard guard = quiet(QuietSetting.TURBO)) {
            assertThat(guard.protection().quiet())
                    .containsExactly(QuietResult.notHad(QuietSetting.TURBO, "this machine has none"));
        }
    }

    @Test
    void silencesGovernorsOfTheMeasuredCpusOnly() {
        warden.file("governor.1", "powersave").file("governor.2", "powersave").file("governor.3", "schedutil");
        try (Guard guard = quiet(CPU_GOVERNOR)) {
            assertThat(machine.log()).startsWith("GOVERNOR.2=performance", "GOVERNOR.3=performance", "pin 2-3");
            assertThat(guard.protection().quiet())
                    .containsExactly(new QuietResult(
                            CPU_GOVERNOR,
                            Had.YES,
                            "CPU 2: powersave; CPU 3: schedutil",
                            "performance",
                            "held until the test ends"));
        }
        assertThat(warden.file("governor.2")).contains("powersave");
        assertThat(warden.file("governor.3")).contains("schedutil");
    }

    @Test
    void movesTheInterruptsThatCanBeMoved() {
        String refusal = "Input/output error (EIO)";
        warden.file("irq_affinity.0", "0-7").file("irq_affinity.4", "0-7").file("irq_affinity.9", "0-3");
        machine.refusing("IRQ_AFFINITY.0=0-1,4-7", refusal);
        try (Guard guard = quiet(INTERRUPTS)) {
            guard.startWindow();
            guard.endWindow();
            assertThat(guard.protection().quiet())
                    .containsExactly(new QuietResult(
                            INTERRUPTS,
                            Had.PARTLY,
                            "irq 4: 0-7; irq 9: 0-3",
                            "irq 4: 0-1,4-7; irq 9: 0-1",
                            "2 of 3; irq 0: IRQ_AFFINITY.0=0-1,4-7 failed: " + refusal));
            assertThat(guard.protection().disturbance()).isNull();
        }
        assertThat(warden.file("irq_affinity.9")).contains("0-3");
    }

    @Test
    void doesNotTrustAVerdictUnderASettingThatSomeoneChanged() {
        Guard guard = quiet(VM_STATISTICS, TRANSPARENT_HUGEPAGES);
        guard.startWindow();
        warden.file("thp_enabled", "always");
        guard.endWindow();
        guard.close();

        assertThat(guard.protection().disturbance())
                .isEqualTo("transparent_hugepage/enabled became always instead of never; another process changed it");
        assertThat(guard.protection().quiet().get(1).during()).isEqualTo("always");
        assertThat(warden.file("thp_enabled")).as("not ours any more").contains("always");
        assertThat(warden.file("vm_stat_interval")).contains("1");
    }

    @Test
    void namesAFewOfManyInterruptsThatSomeoneMovedBack() {
        for (int irq = 10; irq < 20; irq++) {
            warden.file("irq_affinity." + irq, "0-7");
        }
        try (Guard guard = quiet(INTERRUPTS)) {
            guard.startWindow();
            for (int irq = 10; irq < 20; irq++) {
                warden.file("irq_affinity." + irq, "2");
            }
            guard.endWindow();
            assertThat(guard.protection().disturbance())
                    .startsWith("the interrupt affinity of 10 became 2 instead of 0-1,4-7; another process changed it")
                    .endsWith("; and so did 7 more");
        }
    }

    private Guard quiet(QuietSetting... settings) {
        return guard(BalancingPlan.UNCHANGED, settings);
    }

    private Guard guard(BalancingPlan balancing, QuietSetting... settings) {
        return Guard.apply(
                new Placement(
                        Placement.ANY_NODE,
                        CpuSet.of(2, 3),
                        0,
                        MemoryPlacement.UNCHANGED,
                        balancing,
                        List.of(settings)),
                machine);
    }
}
