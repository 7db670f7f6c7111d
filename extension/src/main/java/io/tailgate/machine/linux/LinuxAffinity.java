/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.CpuAffinity;
import io.tailgate.machine.CpuSet;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.ThreadId;
import io.tailgate.machine.Topology;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/** CPU masks by sched_setaffinity(2), threads from {@code /proc/self/task}. */
final class LinuxAffinity implements CpuAffinity {

    /** Enough for 1024 CPUs; the kernel answers EINVAL where it has room for more, and the mask is doubled. */
    private static final int FIRST_WORDS = 1024 / Long.SIZE;

    private static final int MOST_WORDS = 65_536 / Long.SIZE;

    private final Path tasks;
    private final SysTopology sysTopology;
    private final LibC libc;

    LinuxAffinity(Path proc, SysTopology sysTopology, LibC libc) {
        this.tasks = proc.resolve("self/task");
        this.sysTopology = sysTopology;
        this.libc = libc;
    }

    @Override
    public Topology topology() {
        return sysTopology.read(this::affinityOf);
    }

    @Override
    public ThreadId currentThread() {
        PlatformThreads.require("tell the kernel's number");
        int tid = libc.gettid();
        return identity(tid)
                .orElseThrow(() -> new MachineException("cannot read " + stat(tid) + " of the calling thread"));
    }

    private Path stat(int tid) {
        return tasks.resolve(tid + "/stat");
    }

    private Optional<ThreadId> identity(int tid) {
        return ProcStat.read(stat(tid)).map(stat -> new ThreadId(tid, stat.startTime()));
    }

    @Override
    public CpuSet affinity() {
        PlatformThreads.require("read the CPUs");
        return affinityOf(LibC.CALLING_THREAD);
    }

    private CpuSet affinityOf(int tid) {
        for (int words = FIRST_WORDS; ; words *= 2) {
            long[] mask = new long[words];
            try {
                libc.schedGetaffinity(tid, mask);
                return CpuSet.of(BitSet.valueOf(mask))
                        .orElseThrow(() -> new MachineException("thread " + tid + " may run on no CPU"));
            } catch (ErrnoException e) {
                if (e.errno() != ErrnoException.EINVAL || words >= MOST_WORDS) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void setAffinity(CpuSet cpus) {
        PlatformThreads.require("choose the CPUs");
        setAffinityOf(LibC.CALLING_THREAD, cpus);
    }

    private void setAffinityOf(int tid, CpuSet cpus) {
        long[] mask = cpus.toBitSet().toLongArray();
        try {
            libc.schedSetaffinity(tid, mask);
        } catch (ErrnoException e) {
            if (e.errno() != ErrnoException.EINVAL) {
                throw e;
            }
            throw new MachineException(
                    "cannot run on CPUs " + cpus + ": " + e.getMessage() + "; they are offline or outside the cpuset",
                    e);
        }
    }

    @Override
    public Map<ThreadId, CpuSet> affinities(Set<ThreadId> known) {
        Map<ThreadId, CpuSet> masks = new LinkedHashMap<>();
        BitSet numbers = new BitSet();
        known.forEach(thread -> numbers.set(thread.tid()));
        forEachThread(
                numbers,
                tid -> maskIfThere(tid).ifPresent(cpus -> identity(tid).ifPresent(thread -> masks.put(thread, cpus))));
        return masks;
    }

    @Override
    public Map<ThreadId, String> threadNames() {
        Map<ThreadId, String> names = new LinkedHashMap<>();
        forEachThread(
                new BitSet(),
                tid -> ProcStat.read(stat(tid))
                        .ifPresent(stat -> names.put(new ThreadId(tid, stat.startTime()), stat.name())));
        return names;
    }

    /** Threads may be born while the folder is read; nobody knows of them unless it is read again. */
    private void forEachThread(BitSet known, IntConsumer action) {
        for (BitSet others = tidsBut(known); !others.isEmpty(); others = tidsBut(known)) {
            others.stream().forEach(action);
            known.or(others);
        }
    }

    /** The kernel gives a number again only when all others were given. */
    private BitSet tidsBut(BitSet known) {
        BitSet tids = tids();
        tids.andNot(known);
        return tids;
    }

    private Optional<CpuSet> maskIfThere(int tid) {
        try {
            return Optional.of(affinityOf(tid));
        } catch (ErrnoException e) {
            return goneOr(e);
        }
    }

    private BitSet tids() {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(tasks)) {
            BitSet tids = new BitSet();
            folders.forEach(
                    folder -> tids.set(Integer.parseInt(folder.getFileName().toString())));
            return tids;
        } catch (IOException e) {
            throw new MachineException("cannot list the threads of this process in " + tasks + ": " + e, e);
        }
    }

    @Override
    public Optional<CpuSet> affinity(ThreadId thread) {
        return maskIfThere(thread.tid()).filter(cpus -> isStill(thread));
    }

    @Override
    public boolean setAffinity(ThreadId thread, CpuSet cpus) {
        if (!isStill(thread)) {
            return false;
        }
        try {
            setAffinityOf(thread.tid(), cpus);
            return true;
        } catch (ErrnoException e) {
            return goneOr(e).isPresent();
        }
    }

    private boolean isStill(ThreadId thread) {
        return identity(thread.tid()).filter(thread::equals).isPresent();
    }

    private static Optional<CpuSet> goneOr(ErrnoException e) {
        if (e.errno() == ErrnoException.ESRCH) {
            return Optional.empty();
        }
        throw e;
    }
}
