/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import io.tailgate.machine.CounterReader;
import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.NumaPolicy;
import io.tailgate.machine.RunDelayReader;
import io.tailgate.machine.ThreadId;
import io.tailgate.machine.Topology;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.opentest4j.TestAbortedException;

/** The Linux that the tests run on, as whatever user runs them. */
@EnabledOnOs(OS.LINUX)
class LinuxMachineLiveTests {

    /** Of a CPU's time: a few time slices. */
    private static final long SHARE_NS = 30_000_000;

    private final Machine machine = Machines.ofThisHost();

    @Test
    void agreesWithTheJvmOnWhatMayBeUsed() {
        Topology topology = machine.topology();

        assertThat(topology.usable().size()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(topology.online().containsAll(topology.usable())).isTrue();
        assertThat(machine.affinity()).isEqualTo(topology.usable());
    }

    @Test
    void pinsTheCallingThreadAndNoOther() throws InterruptedException {
        CpuSet all = machine.topology().usable();
        CpuSet one = CpuSet.of(all.stream().max().orElseThrow());
        try (Sleeper other = new Sleeper(machine)) {
            inNewThread(() -> {
                machine.setAffinity(one);

                assertThat(machine.affinity()).isEqualTo(one);
                assertThat(machine.affinities()).containsEntry(machine.currentThread(), one);
                assertThat(machine.affinity(other.id)).contains(all);
                assertThat(machine.topology().startMask()).isEqualTo(all);
            });
        }
    }

    @Test
    void pinsAnotherThreadByItsIdentity() throws InterruptedException {
        CpuSet one = CpuSet.of(machine.topology().usable().stream().max().orElseThrow());
        ThreadId id;
        try (Sleeper other = new Sleeper(machine)) {
            id = other.id;
            assertThat(machine.setAffinity(id, one)).isTrue();
            assertThat(machine.affinity(id)).contains(one);
            ThreadId another = new ThreadId(id.tid(), id.startTime() + 1);
            assertThat(machine.setAffinity(another, one)).isFalse();
            assertThat(machine.affinity(another)).isEmpty();
        }
    }

    @Test
    void countsWhatAThreadWaitsForACpuAndWhatOthersOfTheProcessUse() throws InterruptedException {
        Optional<RunDelayReader> reader = machine.runDelay();
        assumeThat(reader).isPresent();
        reader.orElseThrow().close();
        CpuSet one = CpuSet.of(machine.topology().usable().stream().max().orElseThrow());
        AtomicBoolean stop = new AtomicBoolean();
        Thread hog = new Thread(() -> {
            machine.setAffinity(one);
            while (!stop.get()) {
                Thread.onSpinWait();
            }
        });
        hog.start();
        try {
            inNewThread(() -> {
                machine.setAffinity(one);
                CounterReader counters = machine.counters();
                try (RunDelayReader delays = machine.runDelay().orElseThrow()) {
                    long begin = System.nanoTime();
                    long others = counters.othersCpuNs();
                    long waited = delays.runDelayNs();
                    spinUntil(() ->
                            delays.runDelayNs() - waited > SHARE_NS && counters.othersCpuNs() - others > SHARE_NS);
                    long wait = delays.runDelayNs() - waited;
                    assertThat(wait).isBetween(SHARE_NS, 2 * (System.nanoTime() - begin));
                    assertThat(counters.othersCpuNs() - others).isGreaterThan(SHARE_NS);
                }
            });
        } finally {
            stop.set(true);
            hog.join();
        }
    }

    /** However many others share the CPU; what has not come after a minute is found missing. */
    private static void spinUntil(BooleanSupplier reached) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!reached.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void tellsInWordsThatACpuCannotBeHad() {
        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> machine.setAffinity(CpuSet.of(9_999)))
                .withMessageContainingAll("cannot run on CPUs 9999", "(errno 22)", "offline or outside the cpuset");
    }

    @Test
    void setsAndReturnsTheThreadsMemoryPolicy() throws InterruptedException {
        inNewThread(() -> {
            NumaPolicy bind = NumaPolicy.of(NumaPolicy.Mode.BIND, Set.of(0));
            NumaPolicy before = assumePolicies(bind);
            assertThat(machine.threadPolicy()).isEqualTo(bind);
            machine.setThreadPolicy(before);
            assertThat(machine.threadPolicy()).isEqualTo(before);
        });
    }

    private NumaPolicy assumePolicies(NumaPolicy policy) {
        try {
            NumaPolicy before = machine.threadPolicy();
            machine.setThreadPolicy(policy);
            return before;
        } catch (MachineException e) {
            throw new TestAbortedException("memory policies are refused here, as by seccomp in a container", e);
        }
    }

    @Test
    void countsTheFaultsOfTheThreadThatTouchesMemory() {
        CounterReader reader = machine.counters();
        long[] before = new long[CounterReader.FIELDS];
        long[] after = new long[2 * CounterReader.FIELDS];
        reader.readThread(before, 0);
        ByteBuffer touched = ByteBuffer.allocateDirect(64 << 20);
        reader.readThread(after, 0);
        reader.readProcess(after, CounterReader.FIELDS);

        assertThat(touched.capacity()).isPositive();
        assertThat(after[CounterReader.MINOR_FAULTS]).isGreaterThan(before[CounterReader.MINOR_FAULTS]);
        assertThat(after[CounterReader.FIELDS + CounterReader.MINOR_FAULTS])
                .isGreaterThanOrEqualTo(after[CounterReader.MINOR_FAULTS]);
    }

    @Test
    void readsCountersWithoutAllocating() {
        CounterReader reader = machine.counters();
        LongSupplier collections = machine.gcCollections().orElse(() -> 0);
        var beans = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] counters = new long[CounterReader.FIELDS];
        long self = Thread.currentThread().getId();
        long checksum = 0;
        long allocated = 0;
        for (int round = 0; round < 3; round++) { // the first rounds load classes
            long before = beans.getThreadAllocatedBytes(self);
            for (int i = 0; i < 20_000; i++) {
                reader.readThread(counters, 0);
                reader.readProcess(counters, 0);
                checksum += counters[0] + collections.getAsLong();
            }
            allocated = beans.getThreadAllocatedBytes(self) - before;
        }

        assertThat(checksum).isPositive();
        assertThat(allocated).isLessThan(200); // the bean itself allocates a little; one byte a read would be 40,000
    }

    @Test
    void countsGarbageCollections() {
        Optional<LongSupplier> published = machine.gcCollections();
        assumeThat(published).as("performance data of this JVM").isPresent();
        LongSupplier collections = published.orElseThrow();
        long before = collections.getAsLong();
        System.gc();
        assertThat(collections.getAsLong()).isGreaterThan(before);
    }

    @Test
    void leavesNoFactOut() {
        assertThat(machine.facts())
                .containsKeys("cpu model", "kernel", "governor", "turbo", "cpuset", "cpu quota", "numa_balancing")
                .containsKeys(
                        "huge page defragmentation", "timer migration", "memory statistics interval", "nmi watchdog")
                .allSatisfy((name, value) -> assertThat(value).as(name).isNotBlank());
    }

    private static void inNewThread(Runnable body) throws InterruptedException {
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(body);
        thread.setUncaughtExceptionHandler((t, e) -> failure[0] = e);
        thread.start();
        thread.join();
        if (failure[0] instanceof Error e) {
            throw e;
        } else if (failure[0] instanceof RuntimeException e) {
            throw e;
        }
    }

    /** A thread that does nothing until it is closed. */
    private static final class Sleeper implements AutoCloseable {

        private final CountDownLatch end = new CountDownLatch(1);
        private ThreadId id = new ThreadId(0, 0);

        Sleeper(Machine machine) throws InterruptedException {
            CountDownLatch started = new CountDownLatch(1);
            Thread thread = new Thread(() -> {
                id = machine.currentThread();
                started.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.start();
            started.await();
        }

        @Override
        public void close() {
            end.countDown();
        }
    }
}
