/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailgate.machine.CounterReader;
import io.tailgate.machine.HostRights;
import io.tailgate.machine.Machine;
import io.tailgate.machine.SystemTestLock;
import io.tailgate.machine.linux.Machines;
import io.tailgate.measure.Instruments;
import io.tailgate.measure.IterationLoop;
import io.tailgate.measure.Measurement;
import io.tailgate.measure.Measurement.WarmUp;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.Placement;
import io.tailgate.plan.SamplingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Pages that the real kernel unmapped, and what measuring sees of them. Needs root, as an ordinary user it is skipped. */
@Tag("root")
@ResourceLock(Resources.GLOBAL)
class SettlingSystemTests {

    private static final Path BALANCING = Path.of("/proc/sys/kernel/numa_balancing");
    private static final int PAGE = 4096 / Long.BYTES;
    private static final int PAGES = 32_768; // 128 MB, half of what one scan of the kernel takes
    private static final int PROBED = PAGES / 16;
    private static final int MANY = 16_000;
    private static final int FEW = MANY / 4; // of the threads of the JVM, which are counted too
    private static final SamplingPlan PLAN = new SamplingPlan(20, 0, SamplingPlan.NO_LIMIT, 1);
    private static final Placement ON_ONE_CPU =
            new Placement(Placement.ANY_NODE, null, 1, MemoryPlacement.UNCHANGED, BalancingPlan.OFF, List.of());

    private final Machine machine = Machines.ofThisHost();
    private final long[] memory = new long[PAGES * PAGE];
    private @Nullable SystemTestLock lock;
    private @Nullable SettingKeeper keeper;

    @BeforeEach
    void letBalancingUnmapTheMemory() throws IOException {
        lock = SystemTestLock.take();
        HostRights.assume();
        keeper = new SettingKeeper(BALANCING);
        Files.writeString(BALANCING, "1");
        assumeTrue(wasUnmapped(), "needs a kernel that scans this process within 20 s");
    }

    @AfterEach
    void putTheSettingBack() throws IOException {
        if (keeper != null) {
            keeper.close();
        }
        if (lock != null) {
            lock.close();
        }
    }

    @Test
    void measuringSeesNoFaultsWhenTheyHaveSettled() throws Throwable {
        try (Guard guard = Guard.apply(ON_ONE_CPU, machine)) {
            assumeTrue(guard.protection().tier() == Tier.SYSCTL, () -> "needs the sysctl: " + guard.protection());
            assertThat(guard.leavesUnmappedPages()).isTrue();
            IterationLoop loop = new IterationLoop(machine, Instruments.COUNTERS_ONLY);

            long before = minorFaults();
            WarmUp settled = loop.settle(PLAN, this::touchAll, loop.warmUp(PLAN, this::touchAll));
            long faultsMeanwhile = minorFaults() - before;
            Measurement measured = loop.measure(PLAN, this::touchAll, settled);

            System.out.println("settling: " + settled.remarks() + "; then measured " + faults(measured));
            assertThat(faultsMeanwhile).isGreaterThan(MANY);
            assertThat(settled.settled()).isTrue();
            assertThat(faults(measured)).allMatch(faults -> faults < FEW);
        }
    }

    @Test
    void measuringSeesThemInTheFirstIterationOtherwise() throws Throwable {
        try (Guard guard = Guard.apply(ON_ONE_CPU, machine)) {
            assumeTrue(guard.protection().tier() == Tier.SYSCTL, () -> "needs the sysctl: " + guard.protection());
            IterationLoop loop = new IterationLoop(machine, Instruments.COUNTERS_ONLY);

            Measurement measured = loop.measure(PLAN, this::touchAll, loop.warmUp(PLAN, this::touchAll));

            System.out.println("not settling: measured " + faults(measured));
            assertThat(faults(measured).get(0)).isGreaterThan(MANY);
            assertThat(faults(measured).subList(1, PLAN.iterations())).allMatch(faults -> faults < FEW);
        }
    }

    private static List<Integer> faults(Measurement measured) {
        return IntStream.range(0, measured.iterations())
                .mapToObj(iteration -> measured.counter(iteration, CounterReader.MINOR_FAULTS))
                .toList();
    }

    private void touchAll() {
        touch(0, PAGES);
    }

    private void touch(int first, int pages) {
        for (int page = first; page < first + pages; page++) {
            memory[page * PAGE]++;
        }
    }

    /**
     * Touches the memory now and then, so that the kernel takes it for used, until a scan took it: until both of its ends
     * fault. What is between them is then left alone.
     */
    private boolean wasUnmapped() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < deadline) {
            touchAll();
            runFor(TimeUnit.MILLISECONDS.toNanos(100));
            if (faultsAt(0) && faultsAt(PAGES - PROBED)) {
                return true;
            }
        }
        return false;
    }

    private boolean faultsAt(int first) {
        long before = minorFaults();
        touch(first, PROBED);
        return minorFaults() - before > PROBED / 2;
    }

    /** Runs without a pause: the kernel scans on behalf of threads that do. */
    private void runFor(long ns) {
        long end = System.nanoTime() + ns;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private long minorFaults() {
        long[] totals = new long[CounterReader.FIELDS];
        machine.counters().readThread(totals, 0);
        return totals[CounterReader.MINOR_FAULTS];
    }
}
