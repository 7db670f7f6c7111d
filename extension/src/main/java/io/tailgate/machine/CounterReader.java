/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

/**
 * Reads the kernel's counters of the calling thread, and of the whole process, without allocating.
 *
 * <p>Belongs to the thread that asked the {@link Machine} for it; a read costs one system call (about 0.5 us for the
 * thread; for the process it grows with its threads).
 */
public interface CounterReader {

    /** {@code counters[offset..offset+3]}: minor faults, major faults, voluntary, involuntary context switches. */
    int FIELDS = 4;

    int MINOR_FAULTS = 0;
    int MAJOR_FAULTS = 1;
    int VOLUNTARY_SWITCHES = 2;
    int INVOLUNTARY_SWITCHES = 3;

    /** Writes the totals of the calling thread since it started. */
    void readThread(long[] counters, int offset);

    /** Writes the totals of all threads of the process, dead ones included. */
    void readProcess(long[] counters, int offset);

    /** Returns the CPU time that the other threads of the process have used so far; costs both reads. */
    long othersCpuNs();
}
