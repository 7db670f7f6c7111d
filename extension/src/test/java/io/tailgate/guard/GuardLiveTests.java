/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.NumaPolicy;
import io.tailgate.machine.ThreadId;
import io.tailgate.machine.linux.Machines;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.Placement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A guard on the Linux that the tests run on, as whatever user runs them; nothing global is changed. */
@EnabledOnOs(OS.LINUX)
@ResourceLock(Resources.GLOBAL)
class GuardLiveTests {

    private static final Placement ONE_CPU =
            new Placement(Placement.ANY_NODE, null, 1, MemoryPlacement.LOCAL, BalancingPlan.SHIELDED, List.of());

    private final Machine machine = Machines.ofThisHost();

    @Test
    void givesBackWhatItTook() {
        CpuSet cpus = machine.affinity();
        Optional<NumaPolicy> policy = policyIfPermitted();

        try (Guard guard = Guard.apply(ONE_CPU, machine)) {
            assertThat(machine.affinity()).isEqualTo(guard.cpus()).isEqualTo(Guard.choose(ONE_CPU, machine));
            guard.startWindow();
            guard.endWindow();
            assertThat(String.valueOf(guard.protection().disturbance()))
                    .as("what another build does to the host is not meant")
                    .doesNotContain("the test's");
        }

        assertThat(machine.affinity()).isEqualTo(cpus);
        assertThat(policyIfPermitted()).isEqualTo(policy);
    }

    /** Seccomp in a container refuses even to read it. */
    private Optional<NumaPolicy> policyIfPermitted() {
        try {
            return Optional.of(machine.threadPolicy());
        } catch (MachineException e) {
            return Optional.empty();
        }
    }

    @Test
    void freesThePoolThatTheTestStarted() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            CpuSet before = machine.affinity();
            try (Guard guard = Guard.apply(ONE_CPU, machine)) {
                assertThat(pool.submit(() -> machine.affinity()).get()).isEqualTo(guard.cpus());
            }
            assertThat(pool.submit(() -> machine.affinity()).get()).isEqualTo(before);
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void givesEveryThreadOfTheJvmWhatItHad() {
        CpuSet all = machine.topology().usable();
        Map<ThreadId, CpuSet> before = machine.affinities();
        try (Guard guard = Guard.apply(ONE_CPU, machine)) {
            CpuSet test = Objects.requireNonNull(guard.cpus());
            CpuSet elsewhere = all.without(test).orElse(all);
            Map<ThreadId, String> names = machine.threadNames();
            assertThat(names).containsValue("VM Thread");
            names.forEach((thread, name) -> {
                if (name.equals("VM Thread") || name.startsWith("C1 Comp")) {
                    machine.affinity(thread) // of the same node where that has others; a compiler may have ended
                            .ifPresent(cpus -> assertThat(elsewhere.containsAll(cpus))
                                    .as("%s is on %s, not on %s", name, cpus, elsewhere)
                                    .isTrue());
                }
            });
            guard.startWindow();
        }
        Map<ThreadId, CpuSet> after = machine.affinities();
        before.keySet().retainAll(after.keySet()); // compilers come and go
        assertThat(after).containsAllEntriesOf(before);
        assertThat(after.values()).as("those born meanwhile").containsOnly(all);
    }

    @Test
    void freesTheTestsThreadFromAnother() throws Exception {
        ExecutorService test = Executors.newSingleThreadExecutor();
        try {
            CpuSet before = test.submit(() -> machine.affinity()).get();
            Guard guard = test.submit(() -> Guard.apply(ONE_CPU, machine)).get();
            guard.close();
            assertThat(test.submit(() -> machine.affinity()).get()).isEqualTo(before);
        } finally {
            test.shutdown();
        }
    }

    @Test
    void refusesAVirtualThreadInWords() throws Exception {
        Optional<Method> start = startVirtualThread();
        assumeTrue(start.isPresent(), "needs a JDK with virtual threads, 21 or newer");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Runnable body = () -> {
            try {
                Guard.apply(ONE_CPU, machine).close();
            } catch (RuntimeException e) {
                thrown.set(e);
            }
        };
        ((Thread) start.orElseThrow().invoke(null, body)).join();

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> {
                    throw thrown.get();
                })
                .withMessageContaining("of the virtual thread");
        assertThat(machine.affinities().values())
                .as("neither its carrier nor another thread is confined")
                .containsOnly(machine.topology().usable());
    }

    private static Optional<Method> startVirtualThread() {
        try {
            return Optional.of(Thread.class.getMethod("startVirtualThread", Runnable.class));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }
}
