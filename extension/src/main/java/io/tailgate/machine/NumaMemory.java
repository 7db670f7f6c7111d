/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

/** On which NUMA nodes the pages of this process belong. */
public interface NumaMemory {

    /** Returns the memory policy of the calling thread, so that it can be set again exactly. */
    NumaPolicy threadPolicy();

    /** Sets the memory policy of the calling thread; threads that it starts later inherit it. */
    void setThreadPolicy(NumaPolicy policy);

    /**
     * Gives every writable mapping of this process a policy, which also exempts it from automatic NUMA balancing.
     *
     * <p>With {@link NumaPolicy.Mode#BIND} and {@link NumaPolicy.Mode#PREFERRED} pages that lie elsewhere are moved.
     * Mappings made later have none: sweep again.
     */
    PolicySweep sweep(NumaPolicy policy);

    /** Counts the anonymous pages of this process; costs milliseconds. */
    PageCount pages();
}
