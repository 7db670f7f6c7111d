/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

/** Where the pages of a test belong; the constants are those of the public {@code MemoryPolicy}. */
public enum MemoryPlacement {
    /** On the node of the thread that touches a page first. */
    LOCAL,
    /** On the chosen node only. */
    BIND,
    /** On the chosen node while it has room. */
    PREFERRED,
    /** Page by page over all nodes that are allowed. */
    INTERLEAVE,
    /** As the JVM was started. */
    UNCHANGED
}
