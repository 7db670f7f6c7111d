/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.tailgate.machine.CounterReader;
import io.tailgate.machine.MachineException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;

/** {@link CounterReader} by getrusage(2): one system call into one buffer, nothing allocated. */
final class RusageReader implements CounterReader {

    /** The address goes as a number: JNA would wrap a pointer into an object at each call. */
    private static final class Functions {

        static {
            Native.register(Functions.class, NativeLibrary.getInstance("c"));
        }

        static native int getrusage(int who, long usage);
    }

    private static final int RUSAGE_SELF = 0; // bits/resource.h
    private static final int RUSAGE_THREAD = 1;

    // struct rusage with 64-bit longs: two timevals of 16 bytes, then longs
    private static final int SIZE = 144;
    private static final int UTIME = 0;
    private static final int STIME = 16;
    private static final int MINFLT = 64;
    private static final int MAJFLT = 72;
    private static final int NVCSW = 128;
    private static final int NIVCSW = 136;

    private final Memory usage = new Memory(SIZE);
    private final long address = Pointer.nativeValue(usage);
    private final ByteBuffer view = usage.getByteBuffer(0, SIZE).order(ByteOrder.nativeOrder());

    @Override
    public void readThread(long[] counters, int offset) {
        read(RUSAGE_THREAD, counters, offset);
    }

    @Override
    public void readProcess(long[] counters, int offset) {
        read(RUSAGE_SELF, counters, offset);
    }

    @Override
    public long othersCpuNs() {
        long own = cpuNs(RUSAGE_THREAD); // first: what it uses until the second read is its own, too
        return cpuNs(RUSAGE_SELF) - own;
    }

    private long cpuNs(int who) {
        try {
            call(who);
            return timeNs(UTIME) + timeNs(STIME);
        } finally {
            Reference.reachabilityFence(usage);
        }
    }

    /** Returns a timeval: seconds, then microseconds. */
    private long timeNs(int offset) {
        return TimeUnit.SECONDS.toNanos(view.getLong(offset))
                + TimeUnit.MICROSECONDS.toNanos(view.getLong(offset + Long.BYTES));
    }

    private void call(int who) {
        if (Functions.getrusage(who, address) != 0) {
            throw new MachineException("getrusage(" + who + ") failed; the kernel's counters cannot be read");
        }
    }

    private void read(int who, long[] counters, int offset) {
        try {
            call(who);
            counters[offset + MINOR_FAULTS] = view.getLong(MINFLT);
            counters[offset + MAJOR_FAULTS] = view.getLong(MAJFLT);
            counters[offset + VOLUNTARY_SWITCHES] = view.getLong(NVCSW);
            counters[offset + INVOLUNTARY_SWITCHES] = view.getLong(NIVCSW);
        } finally {
            Reference.reachabilityFence(usage); // the kernel and the view know only its address
        }
    }
}
