/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * What happens to automatic NUMA balancing, the kernel's habit of unmapping pages to see who touches them.
 *
 * @see PinnedNuma#numaBalancing()
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum NumaBalancing {
    /** Switched off for the whole host where that is permitted, else {@link #SHIELDED}. */
    OFF,
    /** Kept away from this JVM by memory policy; nothing outside this process is changed. */
    SHIELDED,
    /** As the machine has it. */
    UNCHANGED
}
