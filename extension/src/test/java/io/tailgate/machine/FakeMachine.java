/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A machine in memory that remembers what was done to it and can be told to refuse.
 *
 * <p>At first: CPUs 0-7 on two nodes of four, one thread, {@code NUMA_BALANCING=1}, nothing refused. What a test sets up
 * is not logged; what the code under test changes is, in words such as {@code pin 2-3}, {@code NUMA_BALANCING=0},
 * {@code policy LOCAL}, {@code sweep LOCAL}.
 */
public final class FakeMachine implements Machine {

    public static final ThreadId TEST_THREAD = new ThreadId(1, 100);

    private static final String HICCUPS = "tailgate-hiccups";

    private final List<String> log = Collections.synchronizedList(new ArrayList<>()); // callers pin themselves
    private final Map<String, String> refusals = new LinkedHashMap<>();
    private final Map<String, Error> errors = new LinkedHashMap<>();
    private final FakeWarden warden = new FakeWarden(this::perform);
    private final Map<ThreadId, CpuSet> threads = new LinkedHashMap<>();
    private final Map<ThreadId, String> names = new LinkedHashMap<>();
    private final Map<ThreadId, NumaPolicy> policies = new LinkedHashMap<>();
    private final long[] counters = new long[CounterReader.FIELDS];
    private Runnable readOfCounters = () -> {};
    private Topology topology = FakeTopologies.twoNodesOfFour();
    private Optional<CpuSet> narrowedTo = Optional.empty();
    private Optional<String> unsupported = Optional.empty();
    private Optional<LongSupplier> gcCollections = Optional.of(() -> 0);
    private OptionalLong hintFaults = OptionalLong.of(0);
    private OptionalLong runDelayNs = OptionalLong.of(0);
    private long othersCpuNs;
    private OptionalLong pteUpdates = OptionalLong.of(0);
    private final FakeShield shield = new FakeShield(this::perform, this::refuse);
    private final FakeReservations reservations = new FakeReservations();
    private ThreadId current = TEST_THREAD;
    private boolean virtual;

    public FakeMachine() {
        threads.put(TEST_THREAD, topology.startMask());
    }

    // --- what a test asks

    public List<String> log() {
        return List.copyOf(log);
    }

    // --- what a test sets up

    /** Refuses an action, named as the log would name it, with errno text. */
    public FakeMachine refusing(String action) {
        return refusing(action, "Operation not permitted (errno 1)");
    }

    public FakeMachine refusing(String action, String why) {
        refusals.put(action, why);
        return this;
    }

    /** Accepts an action again. */
    public FakeMachine acceptingAgain(String action) {
        refusals.remove(action);
        return this;
    }

    /** Breaks down at an action, named as the log would name it, or when the threads are listed: {@code affinities}. */
    public FakeMachine breakingDown(String action, Error error) {
        errors.put(action, error);
        return this;
    }

    /** Narrows each mask silently, as the kernel does for a cpuset. */
    public FakeMachine narrowingTo(CpuSet cpus) {
        narrowedTo = Optional.of(cpus);
        return this;
    }

    public FakeMachine unsupported(String why) {
        unsupported = Optional.of(why);
        return this;
    }

    /** Replaces the topology; the test's thread may run wherever the process was started. */
    public FakeMachine topology(Topology other) {
        topology = other;
        threads.put(TEST_THREAD, other.startMask());
        return this;
    }

    /** Sets what someone else on the host wrote. */
    public FakeMachine setting(KernelSetting setting, String value) {
        warden.file(setting.wardenName(), value);
        return this;
    }

    public FakeMachine without(KernelSetting setting) {
        warden.withoutFile(setting.wardenName());
        return this;
    }

    /** Starts a thread, or changes the mask of one behind the guard's back. */
    public FakeMachine thread(ThreadId thread, CpuSet cpus) {
        threads.put(thread, cpus);
        return this;
    }

    /** Starts a thread of the JVM's own. */
    public FakeMachine thread(ThreadId thread, String name) {
        names.put(thread, name);
        return thread(thread, topology.startMask());
    }

    public FakeMachine threadEnds(ThreadId thread) {
        threads.remove(thread);
        return this;
    }

    /** Makes the following calls come from this thread. */
    public FakeMachine callingFrom(ThreadId thread) {
        current = thread;
        return this;
    }

    /** Makes the following calls come from a virtual thread, which the kernel does not know. */
    public FakeMachine callingFromAVirtualThread() {
        virtual = true;
        return this;
    }

    public FakeMachine policy(ThreadId thread, NumaPolicy policy) {
        policies.put(thread, policy);
        return this;
    }

    public FakeMachine pages(PageCount count) {
        shield.pages(count);
        return this;
    }

    public FakeMachine hintFaults(OptionalLong total) {
        hintFaults = total;
        return this;
    }

    public FakeMachine pteUpdates(OptionalLong total) {
        pteUpdates = total;
        return this;
    }

    /** Sets the totals that every {@link CounterReader} reads next, in its order. */
    public FakeMachine counters(long minor, long major, long voluntary, long involuntary) {
        counters[CounterReader.MINOR_FAULTS] = minor;
        counters[CounterReader.MAJOR_FAULTS] = major;
        counters[CounterReader.VOLUNTARY_SWITCHES] = voluntary;
        counters[CounterReader.INVOLUNTARY_SWITCHES] = involuntary;
        return this;
    }

    /** Lets something happen whenever counters are read, such as that it takes time. */
    public FakeMachine onReadOfCounters(Runnable happens) {
        readOfCounters = happens;
        return this;
    }

    /** Sets how long the test's thread has waited for a CPU; empty for a kernel that does not count that. */
    public FakeMachine runDelay(OptionalLong totalNs) {
        runDelayNs = totalNs;
        return this;
    }

    /** Sets the CPU time that other threads of this process have used. */
    public FakeMachine othersCpu(long totalNs) {
        othersCpuNs = totalNs;
        return this;
    }

    public FakeMachine gcCollections(Optional<LongSupplier> supplier) {
        gcCollections = supplier;
        return this;
    }

    // --- the machine

    private void perform(String action) {
        requireSupported();
        breakDown(action);
        refuse(action);
        log.add(action);
    }

    private void refuse(String action) {
        String why = refusals.get(action);
        if (why != null) {
            throw new MachineException(action + " failed: " + why);
        }
    }

    private void breakDown(String action) {
        Error error = errors.get(action);
        if (error != null) {
            throw error;
        }
    }

    private void requireSupported() {
        unsupported.ifPresent(why -> {
            throw new MachineException(why);
        });
    }

    private void requireAPlatformThread() {
        requireSupported();
        if (virtual) {
            throw new MachineException("a virtual thread has none of its own");
        }
    }

    @Override
    public Optional<String> whyUnsupported() {
        return unsupported;
    }

    @Override
    public Topology topology() {
        requireSupported();
        return topology;
    }

    @Override
    public ThreadId currentThread() {
        requireAPlatformThread();
        return current;
    }

    @Override
    public CpuSet affinity() {
        requireAPlatformThread();
        return affinity(current).orElseThrow(() -> new MachineException("the calling " + current + " has ended"));
    }

    @Override
    public void setAffinity(CpuSet cpus) {
        if (Thread.currentThread().getName().equals(HICCUPS)) {
            return; // a thread of the library's own, which ends before anyone looks
        }
        perform("pin " + cpus);
        threads.put(current, narrowed(cpus));
    }

    private CpuSet narrowed(CpuSet cpus) {
        return narrowedTo.flatMap(cpus::intersection).orElse(cpus);
    }

    @Override
    public Map<ThreadId, CpuSet> affinities(Set<ThreadId> known) {
        requireSupported();
        breakDown("affinities");
        Map<ThreadId, CpuSet> others = new LinkedHashMap<>(threads);
        others.keySet().removeAll(known);
        return others;
    }

    @Override
    public Map<ThreadId, String> threadNames() {
        requireSupported();
        breakDown("affinities");
        Map<ThreadId, String> all = new LinkedHashMap<>();
        threads.keySet().forEach(thread -> all.put(thread, names.getOrDefault(thread, "java")));
        return all;
    }

    @Override
    public Optional<CpuSet> affinity(ThreadId thread) {
        requireSupported();
        return Optional.ofNullable(threads.get(thread));
    }

    @Override
    public boolean setAffinity(ThreadId thread, CpuSet cpus) {
        if (!threads.containsKey(thread)) {
            return false;
        }
        perform("pin " + cpus + " on " + thread);
        threads.put(thread, narrowed(cpus));
        return true;
    }

    @Override
    public NumaPolicy threadPolicy() {
        requireSupported();
        return policies.getOrDefault(current, NumaPolicy.DEFAULT);
    }

    @Override
    public void setThreadPolicy(NumaPolicy policy) {
        perform("policy " + policy);
        policies.put(current, policy);
    }

    @Override
    public FakeShield shield() {
        requireSupported();
        return shield;
    }

    @Override
    public boolean has(KernelSetting setting) {
        requireSupported();
        return warden.file(setting.wardenName()).isPresent();
    }

    @Override
    public String read(KernelSetting setting) {
        requireSupported();
        return warden.file(setting.wardenName())
                .orElseThrow(() -> new MachineException("this kernel has no " + setting));
    }

    @Override
    public FakeWarden warden() {
        requireSupported();
        return warden;
    }

    @Override
    public FakeReservations reservations() {
        return reservations;
    }

    @Override
    public Map<Integer, Long> deviceInterrupts() {
        return reservations.interrupts();
    }

    @Override
    public CounterReader counters() {
        requireAPlatformThread();
        return new CounterReader() {
            @Override
            public void readThread(long[] into, int offset) {
                readOfCounters.run();
                System.arraycopy(counters, 0, into, offset, FIELDS);
            }

            @Override
            public void readProcess(long[] into, int offset) {
                readOfCounters.run();
                System.arraycopy(counters, 0, into, offset, FIELDS);
            }

            @Override
            public long othersCpuNs() {
                return othersCpuNs;
            }
        };
    }

    @Override
    public Optional<RunDelayReader> runDelay() {
        requireAPlatformThread();
        return runDelayNs.isEmpty()
                ? Optional.empty()
                : Optional.of(new RunDelayReader() {
                    @Override
                    public long runDelayNs() {
                        return runDelayNs.getAsLong();
                    }

                    @Override
                    public void close() {}
                });
    }

    @Override
    public Optional<LongSupplier> gcCollections() {
        return gcCollections;
    }

    @Override
    public OptionalLong numaHintFaults() {
        requireSupported();
        return hintFaults;
    }

    @Override
    public int processId() {
        return 1;
    }

    @Override
    public OptionalLong numaPteUpdates() {
        requireSupported();
        return pteUpdates;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("cpu model", "fake");
    }
}
