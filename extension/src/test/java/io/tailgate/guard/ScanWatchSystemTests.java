/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailgate.machine.Machine;
import io.tailgate.machine.linux.Machines;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.Placement;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What a guard sees of real scans of a process that touches 100 MB over and over. */
@Tag("root")
@ResourceLock(Resources.GLOBAL)
class ScanWatchSystemTests {

    private static final int PAGE = 4096 / Long.BYTES;
    private static final int PAGES = 25_600; // 100 MB
    private static final int WINDOWS = 40;
    private static final Placement ON_ONE_CPU =
            new Placement(Placement.ANY_NODE, null, 1, MemoryPlacement.UNCHANGED, BalancingPlan.OFF, List.of());

    @RegisterExtension
    static final RealBalancing BALANCING = new RealBalancing();

    private final Machine machine = Machines.ofThisHost();
    private final long[] memory = new long[PAGES * PAGE];
    private int next;

    @BeforeEach
    void requireACount() {
        assumeTrue(machine.numaPteUpdates().isPresent(), "needs a kernel that counts what it takes");
    }

    @Test
    void seesThatBalancingCameAndWent() throws IOException {
        try (Guard guard = Guard.apply(ON_ONE_CPU, machine)) {
            assumeTrue(guard.protection().tier() == Tier.SYSCTL, () -> "needs the sysctl: " + guard.protection());
            guard.startWindow();
            long before = taken();

            BALANCING.write("1");
            assumeTrue(aScanComes(before), "needs a kernel that scans this process within 20 s");
            BALANCING.write("0");
            guard.endWindow();

            System.out.println("balancing came and went: " + guard.protection().disturbance());
            assertThat(guard.protection().disturbance())
                    .startsWith("kernel.numa_balancing was on for a time while measuring: the kernel took ");
        }
    }

    @Test
    void seesNothingWhereItWasSwitchedOffJustBefore() {
        assumeTrue(aScanComes(taken()), "needs a kernel that scans this process within 20 s");
        for (int window = 0; window < WINDOWS; window++) {
            touchForMillis(50); // with balancing on
            try (Guard guard = Guard.apply(ON_ONE_CPU, machine)) {
                guard.startWindow();
                touchForMillis(50);
                guard.endWindow();
                assertThat(guard.protection().disturbance()).isNull();
            }
        }
    }

    private boolean aScanComes(long takenBefore) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (taken() == takenBefore && System.nanoTime() < deadline) {
            touchForMillis(1);
        }
        return taken() > takenBefore;
    }

    private long taken() {
        return machine.numaPteUpdates().orElseThrow();
    }

    /** On the calling thread: the kernel makes a new one wait for up to a minute before it scans on its behalf. */
    private void touchForMillis(int ms) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        while (System.nanoTime() < end) {
            next = (next + 1) % PAGES;
            memory[next * PAGE]++;
        }
    }
}
