/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.CounterReader;
import org.jspecify.annotations.Nullable;

/**
 * The C library and system calls that this library makes, with Java types only.
 *
 * <p>Each throws {@link ErrnoException} with the call and the errno's text when the call fails. Bit masks are words of
 * 64 bits, number 0 in the lowest bit of the first.
 */
interface LibC {

    /** sched_setaffinity(2): "If pid is zero, then the calling thread". */
    int CALLING_THREAD = 0;

    /** Returns the number of the calling thread. */
    int gettid();

    /**
     * Reads the CPU mask of a thread.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/sched_setaffinity.2.html">sched_setaffinity(2)</a>
     */
    void schedGetaffinity(int tid, long[] mask);

    /** Sets the CPU mask of a thread. */
    void schedSetaffinity(int tid, long[] mask);

    /** For {@link #getMempolicy}: the policy of the calling thread, not of a mapping. */
    long NO_ADDRESS = 0;

    /**
     * Reads a memory policy into {@code nodes}, where they are wanted, and returns its mode with the mode flags.
     *
     * @param address within a mapping, whose own policy is read then, or {@link #NO_ADDRESS}
     * @see <a href="https://man7.org/linux/man-pages/man2/get_mempolicy.2.html">get_mempolicy(2)</a>
     */
    int getMempolicy(long @Nullable [] nodes, long address);

    /**
     * Sets the memory policy of the calling thread.
     *
     * @param nodes null for a mode that takes none
     * @see <a href="https://man7.org/linux/man-pages/man2/set_mempolicy.2.html">set_mempolicy(2)</a>
     */
    void setMempolicy(int mode, long @Nullable [] nodes);

    /**
     * Sets the memory policy of a range of memory.
     *
     * @param nodes null for a mode that takes none
     * @param flags {@code MPOL_MF_MOVE} or 0
     * @see <a href="https://man7.org/linux/man-pages/man2/mbind.2.html">mbind(2)</a>
     */
    void mbind(long start, long length, int mode, long @Nullable [] nodes, int flags);

    /**
     * Opens a file or folder for reading, not to be inherited by programs that are started, and returns its descriptor.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
     */
    int open(String path);

    /**
     * Locks what is open against every other process that locks it, without waiting; says whether it could.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/flock.2.html">flock(2)</a>
     */
    boolean flock(int descriptor);

    /** Closes a descriptor, which also ends its lock. */
    void close(int descriptor);

    /**
     * Maps memory that nobody may access, exactly there, and nothing if there is something already.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</a>
     */
    void mmapNothing(long start, long length);

    /** Unmaps what there is in a range. */
    void munmap(long start, long length);

    /**
     * Makes a file that only lives in memory and may be executed, and returns its descriptor, which no child inherits.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/memfd_create.2.html">memfd_create(2)</a>
     */
    int memfdCreate(String name);

    /** Returns the bytes of a page. */
    int getpagesize();

    /**
     * Returns a reader with buffers of its own, to be closed.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/pwritev.2.html">pwritev(2)</a>
     */
    ByteReader byteReader();

    /**
     * Returns a reader over one buffer of its own.
     *
     * @see <a href="https://man7.org/linux/man-pages/man2/getrusage.2.html">getrusage(2)</a>
     */
    CounterReader getrusage();
}
