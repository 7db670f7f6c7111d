/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

/**
 * Has the kernel read single bytes of this process's memory.
 *
 * <p>A read of our own where a mapping has gone meanwhile would end the JVM; the kernel's ends with EFAULT.
 */
interface ByteReader extends AutoCloseable {

    /** So many addresses at a time: UIO_MAXIOV of linux/uio.h. */
    int MOST = 1024;

    /**
     * Reads a byte at each of {@code addresses[from]} to {@code addresses[to - 1]}, in this order; returns how many could
     * be read up to the first that could not, or until the kernel was called away.
     */
    int read(long[] addresses, int from, int to);

    @Override
    void close();
}
