/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Several callers at once, each a daemon thread on a CPU of its own, started together.
 *
 * <p>The first that fails stops the others: its exception is the one that is thrown, theirs are suppressed in it. None
 * outlives {@link #run}.
 */
final class Callers<T> {

    /** What one caller does, with its number from 0. */
    @FunctionalInterface
    interface Task<T> {
        T run(int caller) throws Throwable;
    }

    private final Machine machine;
    private final int count;
    private final int[] cpus; // none where none can be chosen
    private final AtomicBoolean stop;
    private final CountDownLatch ready;
    private final CountDownLatch go = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final List<T> results = new ArrayList<>();
    private @Nullable Throwable failure;

    Callers(Machine machine, int count, int[] cpus, AtomicBoolean stop) {
        this.machine = machine;
        this.count = count;
        this.cpus = cpus;
        this.stop = stop;
        this.ready = new CountDownLatch(count);
    }

    /** Runs {@code task} on the first {@code count} of {@code cpus}; returns what they made, in no order. */
    static <T> List<T> run(int count, @Nullable CpuSet cpus, Machine machine, AtomicBoolean stop, Task<T> task)
            throws Throwable {
        return new Callers<T>(machine, count, requireCpus(count, cpus, machine), stop).run(Thread::new, task);
    }

    /** Returns a CPU for each caller; on a machine that cannot be controlled none, and the system places them. */
    static int[] requireCpus(int count, @Nullable CpuSet cpus, Machine machine) {
        if (machine.whyUnsupported().isPresent()) {
            return new int[0];
        }
        if (cpus == null || cpus.size() < count) {
            throw new IllegalArgumentException("@Sampling(threads = " + count + ") needs a CPU for each caller, but "
                    + (cpus == null
                            ? "the test is not pinned; add @PinnedNuma with as many CPUs"
                            : "only " + cpus.size() + " are allotted (" + cpus + "); allot more or use fewer callers"));
        }
        return cpus.stream().limit(count).toArray();
    }

    List<T> run(ThreadFactory factory, Task<T> task) throws Throwable {
        for (int caller = 0; caller < count; caller++) {
            int number = caller;
            Thread thread = factory.newThread(() -> call(number, task));
            thread.setName("tailgate-caller-" + number);
            thread.setDaemon(true);
            threads.add(thread);
        }
        try {
            threads.forEach(Thread::start);
            ready.await();
        } catch (Throwable e) { // also where the system has no more threads
            failed(e);
        }
        go.countDown();
        joinAll();
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private void call(int number, Task<T> task) {
        try {
            prepare(number);
            go.await();
            T result = task.run(number);
            synchronized (this) {
                results.add(result);
            }
        } catch (Throwable e) {
            failed(e);
        }
    }

    private void prepare(int number) {
        try {
            if (cpus.length > 0) {
                machine.setAffinity(CpuSet.of(cpus[number]));
            }
        } finally {
            ready.countDown(); // also when refused, or the others would wait for ever
        }
    }

    private synchronized void failed(Throwable e) {
        stop.set(true);
        if (failure == null) {
            failure = e;
            threads.stream().filter(thread -> thread != Thread.currentThread()).forEach(Thread::interrupt);
        } else if (failure != e) {
            failure.addSuppressed(e);
        }
    }

    /** Waits until the last caller has ended, also when interrupted: then they are told to stop. */
    private void joinAll() {
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    failed(e);
                }
            }
        }
    }
}
