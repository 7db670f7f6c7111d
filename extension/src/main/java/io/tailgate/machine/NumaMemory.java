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
}
