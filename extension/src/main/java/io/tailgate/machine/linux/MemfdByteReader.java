/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@link ByteReader} by pwritev(2) into a file that only lives in memory. One that copies nothing, such as
 * {@code /dev/null}, would read nothing.
 */
final class MemfdByteReader implements ByteReader {

    private static final class Functions {

        static {
            Native.register(Functions.class, NativeLibrary.getInstance("c"));
        }

        static native long pwritev(int fd, long iov, int iovcnt, long offset) throws LastErrorException;
    }

    private static final int IOVEC = 2 * Long.BYTES; // bits/types/struct_iovec.h: address and length

    private final LibC libc;
    private final int file;
    private final Memory iovecs = new Memory((long) MOST * IOVEC);
    private final long address = Pointer.nativeValue(iovecs);
    private final ByteBuffer view = iovecs.getByteBuffer(0, iovecs.size()).order(ByteOrder.nativeOrder());

    /** Takes over {@code file}. */
    MemfdByteReader(LibC libc, int file) {
        this.libc = libc;
        this.file = file;
        for (int i = 0; i < MOST; i++) {
            view.putLong(i * IOVEC + Long.BYTES, 1);
        }
    }

    @Override
    public int read(long[] addresses, int from, int to) {
        for (int i = from; i < to; i++) {
            view.putLong((i - from) * IOVEC, addresses[i]);
        }
        try {
            return (int) Functions.pwritev(file, address, to - from, 0);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == ErrnoException.EFAULT) {
                return 0;
            }
            throw JnaLibC.failed("pwritev()", e);
        } finally {
            Reference.reachabilityFence(iovecs); // the kernel knows only its address
        }
    }

    @Override
    public void close() {
        libc.close(file);
    }
}
