/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which CPUs there are, and which of them the threads of this process may run on. */
public interface CpuAffinity {

    /** Reads the CPUs, nodes and cores of this host, and which of them this process may use. */
    Topology topology();

    /** Returns the identity of the calling thread. */
    ThreadId currentThread();

    /** Returns the CPUs that the calling thread may run on. */
    CpuSet affinity();

    /**
     * Confines the calling thread to {@code cpus}. The kernel may narrow this silently to what a cpuset allows: read it
     * back.
     */
    void setAffinity(CpuSet cpus);

    /** Returns the masks of all threads of this process, those of the JVM included. */
    default Map<ThreadId, CpuSet> affinities() {
        return affinities(Set.of());
    }

    /** Returns the masks of all threads of this process but those of {@code known}, which are not read. */
    Map<ThreadId, CpuSet> affinities(Set<ThreadId> known);

    /** Returns the names of all threads of this process as the kernel has them, cut to 15 characters. */
    Map<ThreadId, String> threadNames();

    /** Returns the mask of one thread of this process; empty if it has ended, even if its number was given again. */
    Optional<CpuSet> affinity(ThreadId thread);

    /** Confines one thread of this process, unless it has ended; says whether it had not. */
    boolean setAffinity(ThreadId thread, CpuSet cpus);
}
