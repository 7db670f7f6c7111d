/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.CpuSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * One lock a CPU by flock(2): against other processes, counted within this one.
 *
 * <p>flock(2) belongs to the open file, so the kernel ends it with the last process that has it, however that ends.
 * {@code FileChannel.lock} would not do: it takes a lock of the whole process by fcntl(2), and cannot open a folder.
 */
final class CountedLocks {

    private record Lock(int descriptor, int count) {}

    private final IntFunction<Path> pathOf;
    private final LibC libc;
    private final Map<Integer, Lock> held = new HashMap<>();

    CountedLocks(IntFunction<Path> pathOf, LibC libc) {
        this.pathOf = pathOf;
        this.libc = libc;
    }

    /** Takes all of {@code cpus}, or gives back what it took; returns the first that could not be had. */
    static OptionalInt allOrNone(CpuSet cpus, IntPredicate take, IntConsumer giveBack) {
        List<Integer> taken = new ArrayList<>();
        boolean all = false;
        try {
            for (int cpu : cpus.stream().toArray()) { // ascending: of two that want the same, one gets the first
                if (!take.test(cpu)) {
                    return OptionalInt.of(cpu);
                }
                taken.add(cpu);
            }
            all = true;
            return OptionalInt.empty();
        } finally {
            if (!all) {
                taken.forEach(giveBack::accept);
            }
        }
    }

    boolean isHeld(int cpu) {
        return held.containsKey(cpu);
    }

    boolean lock(int cpu) {
        Lock known = held.get(cpu);
        if (known != null) {
            held.put(cpu, new Lock(known.descriptor, known.count + 1));
            return true;
        }
        int descriptor = libc.open(pathOf.apply(cpu).toString());
        boolean locked = false;
        try {
            locked = libc.flock(descriptor);
        } finally {
            if (!locked) {
                libc.close(descriptor);
            }
        }
        if (locked) {
            held.put(cpu, new Lock(descriptor, 1));
        }
        return locked;
    }

    void unlock(int cpu) {
        Lock lock = held.get(cpu);
        if (lock == null) {
            throw new IllegalStateException("CPU " + cpu + " is given back and was not reserved");
        }
        if (lock.count > 1) {
            held.put(cpu, new Lock(lock.descriptor, lock.count - 1));
        } else {
            held.remove(cpu);
            libc.close(lock.descriptor);
        }
    }
}
