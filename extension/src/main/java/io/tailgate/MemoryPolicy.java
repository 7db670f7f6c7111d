/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * Where the pages of a test belong.
 *
 * @see PinnedNuma#memory()
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum MemoryPolicy {
    /** On the node of the thread that touches a page first. */
    LOCAL,
    /** On the chosen node only; an allocation that does not fit there fails. */
    BIND,
    /** On the chosen node while it has room, then on the nearest. */
    PREFERRED,
    /** Page by page over all nodes that the process may use. */
    INTERLEAVE,
    /** As the JVM was started; the test changes no memory policy. */
    UNCHANGED
}
