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
import io.tailgate.plan.SamplingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private static final int MANY = ScannedMemory.MANY;
    private static final int FEW = MANY / 4; // of the threads of the JVM, which are counted too
    private static final SamplingPlan PLAN = new SamplingPlan(20, 0, SamplingPlan.NO_LIMIT, 1);

    private final Machine machine = Machines.ofThisHost();
    private final ScannedMemory memory = new ScannedMemory(machine);
    private @Nullable SystemTestLock lock;
    private @Nullable SettingKeeper keeper;

    @BeforeEach
    void letBalancingUnmapTheMemory() throws IOException {
        lock = SystemTestLock.take();
        HostRights.assume();
        keeper = new SettingKeeper(BALANCING);
        Files.writeString(BALANCING, "1");
        assumeTrue(memory.wasUnmapped(), "needs a kernel that scans this process within 20 s");
        Files.writeString(BALANCING, "0"); // and not by a guard, which would map the pages again
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
        IterationLoop loop = new IterationLoop(machine, Instruments.COUNTERS_ONLY);

        long before = minorFaults();
        WarmUp settled = loop.settle(PLAN, memory::touchAll, loop.warmUp(PLAN, memory::touchAll));
        long faultsMeanwhile = minorFaults() - before;
        Measurement measured = loop.measure(PLAN, memory::touchAll, settled);

        System.out.println("settling: " + settled.remarks() + "; then measured " + faults(measured));
        assertThat(faultsMeanwhile).isGreaterThan(MANY);
        assertThat(settled.settled()).isTrue();
        assertThat(faults(measured)).allMatch(faults -> faults < FEW);
    }

    @Test
    void measuringSeesThemInTheFirstIterationOtherwise() throws Throwable {
        IterationLoop loop = new IterationLoop(machine, Instruments.COUNTERS_ONLY);

        Measurement measured = loop.measure(PLAN, memory::touchAll, loop.warmUp(PLAN, memory::touchAll));

        System.out.println("not settling: measured " + faults(measured));
        assertThat(faults(measured).get(0)).isGreaterThan(MANY);
        assertThat(faults(measured).subList(1, PLAN.iterations())).allMatch(faults -> faults < FEW);
    }

    private static List<Integer> faults(Measurement measured) {
        return IntStream.range(0, measured.iterations())
                .mapToObj(iteration -> measured.counter(iteration, CounterReader.MINOR_FAULTS))
                .toList();
    }

    private long minorFaults() {
        long[] totals = new long[CounterReader.FIELDS];
        machine.counters().readThread(totals, 0);
        return totals[CounterReader.MINOR_FAULTS];
    }
}
