/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The system calls with which the controls try to keep balancing away, and with which placement is looked up. */
final class LinuxCalls {

    static final int PAGE = 4096;

    private static final int MPOL_DEFAULT = 0; // linux/mempolicy.h, as the others
    private static final int MPOL_BIND = 2;
    private static final int MPOL_LOCAL = 4;
    private static final int MPOL_F_NUMA_BALANCING = 1 << 13;
    private static final int MADV_NOHUGEPAGE = 15; // asm-generic/mman-common.h
    private static final int CPUS = 1024;

    private static final long MBIND = onX86(237, 235);
    private static final long SET_MEMPOLICY = onX86(238, 237);
    private static final long MOVE_PAGES = onX86(279, 239);

    static {
        Native.register(LinuxCalls.class, NativeLibrary.getInstance("c"));
    }

    private LinuxCalls() {}

    private static long onX86(int number, int elsewhere) {
        return Platform.isIntel() ? number : elsewhere;
    }

    private static native int mlock(long start, long length) throws LastErrorException;

    private static native int madvise(long start, long length, int advice) throws LastErrorException;

    private static native int sched_getcpu() throws LastErrorException;

    private static native int sched_getaffinity(int tid, long bytes, long[] mask) throws LastErrorException;

    private static native long syscall(long setMempolicy, long mode, long @Nullable [] nodes, long maxnode)
            throws LastErrorException;

    private static native long syscall(
            long mbind, long start, long length, long mode, long[] nodes, long maxnode, long flags)
            throws LastErrorException;

    private static native long syscall(
            long movePages, long pid, long count, long[] pages, int @Nullable [] nodes, int[] status, long flags)
            throws LastErrorException;

    /** Has the kernel use small pages for {@code memory}, which nobody has touched yet. */
    static void useSmallPages(Memory memory) {
        madvise(firstPage(memory), bytes(memory), MADV_NOHUGEPAGE);
    }

    /** Keeps {@code memory} from being paged out. */
    static void lock(Memory memory) {
        mlock(firstPage(memory), bytes(memory));
    }

    /** Confines what the calling thread allocates to {@code nodes}, and lets the kernel balance among them. */
    static void bindWithBalancing(int... nodes) {
        syscall(SET_MEMPOLICY, MPOL_BIND | MPOL_F_NUMA_BALANCING, mask(nodes), Long.SIZE);
    }

    /** Confines {@code memory} to {@code nodes}, and lets the kernel balance among them. */
    static void bindWithBalancing(Memory memory, int... nodes) {
        long mode = MPOL_BIND | MPOL_F_NUMA_BALANCING;
        syscall(MBIND, firstPage(memory), bytes(memory), mode, mask(nodes), Long.SIZE, 0);
    }

    /** Has the calling thread allocate locally, by a policy of its own. */
    static void setLocalPolicy() {
        syscall(SET_MEMPOLICY, MPOL_LOCAL, null, 0);
    }

    /** Takes the calling thread's policy back. */
    static void setDefaultPolicy() {
        syscall(SET_MEMPOLICY, MPOL_DEFAULT, null, 0);
    }

    /** Returns for each page that holds a part of {@code memory} its node, or a negative errno. */
    static int[] nodesOfPages(Memory memory) {
        long first = firstPage(memory);
        int[] nodes = new int[(int) (bytes(memory) / PAGE)];
        long[] pages = new long[nodes.length];
        for (int i = 0; i < pages.length; i++) {
            pages[i] = first + (long) i * PAGE;
        }
        syscall(MOVE_PAGES, 0, pages.length, pages, null, nodes, 0);
        return nodes;
    }

    /** Returns the CPU that the calling thread runs on just now. */
    static int currentCpu() {
        return sched_getcpu();
    }

    /** Returns the CPUs that the calling thread may use. */
    static BitSet allowedCpus() {
        long[] mask = new long[CPUS / Long.SIZE];
        sched_getaffinity(0, CPUS / Byte.SIZE, mask);
        return BitSet.valueOf(mask);
    }

    private static long[] mask(int... nodes) {
        long mask = 0;
        for (int node : nodes) {
            mask |= 1L << node;
        }
        return new long[] {mask};
    }

    private static long firstPage(Memory memory) {
        return Pointer.nativeValue(memory) & -PAGE;
    }

    private static long bytes(Memory memory) {
        long end = Pointer.nativeValue(memory) + memory.size();
        return (end - firstPage(memory) + PAGE - 1) & -PAGE;
    }
}
