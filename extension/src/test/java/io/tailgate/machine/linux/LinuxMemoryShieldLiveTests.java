/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tailgate.machine.AddressRanges;
import io.tailgate.machine.MemoryShield;
import io.tailgate.machine.NumaPolicy;
import io.tailgate.machine.NumaPolicy.Mode;
import io.tailgate.machine.PageCount;
import io.tailgate.machine.PolicySweep;
import io.tailgate.machine.ThreadPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Memory policies of this very JVM; needs no privilege but calls that a container may refuse. */
class LinuxMemoryShieldLiveTests {

    /** Nothing else is that low; a program begins at 4 MiB. */
    private static final long FREE = 0x300000;

    private static final long LENGTH = 1 << 16;

    private static final int MOMENTS = 20;

    private final LibC libc = new JnaLibC();
    private final PolicyCalls policies = new PolicyCalls(libc);
    private final MemoryShield shield = new LinuxMachine(Path.of("/proc"), Path.of("/sys"), libc).shield();

    private int tid() {
        return (int) ProcessHandle.current().pid();
    }

    private AddressRanges left = AddressRanges.NONE;

    @AfterEach
    void leaveNoPolicyToLaterTests() {
        shield.uncover(left, NumaPolicy.LOCAL);
    }

    private PolicySweep cover() {
        PolicySweep sweep = shield.cover(NumaPolicy.LOCAL);
        left = left.and(sweep.ranges());
        assumeThat(sweep.refusal()).as("mbind is refused here").isEmpty();
        return sweep;
    }

    /** The JVM makes and removes mappings whenever it likes, but not at every moment. */
    private static void atAQuietMoment(Runnable assertions) {
        for (int moment = 1; moment < MOMENTS; moment++) {
            try {
                assertions.run();
                return;
            } catch (AssertionError e) {
                Thread.onSpinWait(); // the last one is not caught
            }
        }
        assertions.run();
    }

    @Test
    void coversNearlyAllPagesAndTakesItBack() {
        long before = shield.pages(tid()).withPolicy();
        atAQuietMoment(() -> {
            cover();
            PageCount covered = shield.pages(tid());
            shield.uncover(left, NumaPolicy.LOCAL);
            PageCount after = shield.pages(tid());

            assertThat(covered.withPolicy()).isGreaterThan(20 * covered.withoutPolicy());
            assertThat(covered.perNode()).isNotEmpty();
            assumeThat(before).as("the tests run under a policy").isZero();
            assertThat(after.withPolicy())
                    .as("pages with a policy, of %s", after)
                    .isZero();
        });
    }

    @Test
    void hasLittleToCoverASecondTime() {
        cover();
        atAQuietMoment(() -> {
            PolicySweep again = cover();
            assertThat(again.covered()).isLessThan(10);
            assertThat(again.kept()).isGreaterThan(10);
        });
    }

    @Test
    void neverCoversAgainWhatTheJvmLeavesAlone() {
        libc.mmapNothing(FREE, LENGTH);
        try {
            assertThat(cover().ranges().within(FREE, FREE + LENGTH).isEmpty()).isFalse();
            assertThat(cover().ranges().within(FREE, FREE + LENGTH).isEmpty()).isTrue();
        } finally {
            libc.munmap(FREE, LENGTH);
        }
    }

    @Test
    void leavesThePolicyOfAMappingToTheProgram() {
        NumaPolicy own = NumaPolicy.of(Mode.BIND, Set.of(0));
        libc.mmapNothing(FREE, LENGTH);
        try {
            cover(); // proves that policies are permitted
            shield.uncover(AddressRanges.of(new TreeMap<>(Map.of(FREE, FREE + LENGTH))), NumaPolicy.LOCAL);
            policies.setFor(FREE, FREE + LENGTH, own, 0);
            PolicySweep sweep = cover();
            assertThat(policies.isAt(FREE, own)).isTrue();
            shield.uncover(
                    sweep.ranges().and(AddressRanges.of(new TreeMap<>(Map.of(FREE, FREE + LENGTH)))), NumaPolicy.LOCAL);
            assertThat(policies.isAt(FREE, own))
                    .as("even among what was covered")
                    .isTrue();
        } finally {
            libc.munmap(FREE, LENGTH);
        }
    }

    @Test
    void takesBackPartsOfMappingsThatTheKernelMerged() {
        libc.mmapNothing(FREE, LENGTH);
        libc.mmapNothing(FREE + LENGTH, LENGTH); // one mapping with the one before
        try {
            cover();
            shield.uncover(AddressRanges.of(new TreeMap<>(Map.of(FREE, FREE + LENGTH))), NumaPolicy.LOCAL);
            assertThat(policies.isAnyAt(FREE)).isFalse();
            assertThat(policies.isAnyAt(FREE + LENGTH)).isTrue();
        } finally {
            libc.munmap(FREE, 2 * LENGTH);
        }
    }

    @Test
    void readsThePolicyOfEveryThread() throws InterruptedException {
        CountDownLatch isShielded = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        Thread shielded = new Thread(() -> {
            policies.setForThread(NumaPolicy.LOCAL);
            isShielded.countDown();
            awaitQuietly(seen);
        });
        assumeThat(shield.threads()).as("the tests run under a policy").noneMatch(ThreadPolicy::shields);
        shielded.start();
        assumeThat(isShielded.await(10, TimeUnit.SECONDS))
                .as("set_mempolicy is refused here")
                .isTrue();
        List<ThreadPolicy> threads = shield.threads();
        seen.countDown();
        shielded.join();

        assertThat(threads)
                .hasSizeGreaterThan(8)
                .filteredOn(ThreadPolicy::shields)
                .singleElement()
                .matches(ThreadPolicy::isLocal);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
