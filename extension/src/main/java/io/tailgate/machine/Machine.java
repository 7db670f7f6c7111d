/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

/**
 * Everything this library asks of the operating system.
 *
 * <p>The only seam to the outside: production code gets the Linux one, tests get {@code FakeMachine}. A call either
 * does what it says or throws {@link MachineException}; none falls back to a default.
 */
public interface Machine {

    /** Returns the CPUs that the calling thread may run on. */
    CpuSet affinity();

    /** Confines the calling thread to {@code cpus}. */
    void setAffinity(CpuSet cpus);

    String read(KernelSetting setting);

    void write(KernelSetting setting, String value);

    /** Returns a reader of the calling thread's counters. */
    CounterReader counters();
}
