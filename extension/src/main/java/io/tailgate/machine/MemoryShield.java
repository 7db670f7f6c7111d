/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.util.List;

/**
 * Memory policies as a shield: automatic NUMA balancing leaves alone what has one.
 *
 * <p>A policy of the thread that scans, or one of the mapping that is scanned, does it; whichever thread of the process
 * spends CPU time may be the one that scans.
 */
public interface MemoryShield {

    /**
     * Returns the memory policy of every thread of this process, those of the JVM included.
     *
     * <p>A JVM that was started under a policy has it in all of them.
     */
    List<ThreadPolicy> threads();

    /**
     * Gives a policy to every mapping of this process that the kernel would scan and that has none of its own.
     *
     * <p>With {@link NumaPolicy.Mode#BIND} and {@link NumaPolicy.Mode#PREFERRED} pages that lie elsewhere are moved.
     * Mappings made later have none: cover again.
     */
    PolicySweep cover(NumaPolicy policy);

    /** Takes {@code policy} from what lies in {@code covered} and still has it. */
    void uncover(AddressRanges covered, NumaPolicy policy);

    /**
     * Has the kernel read a byte of each page of this process that is there and that it may have unmapped to see who uses
     * it. That maps the page again; nothing is allocated, swapped in or touched for the first time, nor moved but in a
     * mapping whose own policy lets balancing in.
     *
     * <p>Each page that was unmapped is one minor fault of the calling thread and one hinting fault of the host.
     *
     * @param mostNs time after which the rest is left as it is
     */
    PagesRead mapAgain(long mostNs);

    /**
     * Counts the pages of this process as they are when thread {@code tid} scans; costs milliseconds, more with more
     * memory.
     */
    PageCount pages(int tid);
}
