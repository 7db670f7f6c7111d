/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

/** How well a test was protected from automatic NUMA balancing, best first. */
public enum Tier {
    /** Balancing was off on the whole host. */
    SYSCTL,
    /** The whole JVM was started under a memory policy. */
    POLICY_PROCESS,
    /** The JVM's writable mappings were given a memory policy. */
    POLICY_SWEEP,
    /** Nothing could be had, or nothing was asked for. */
    OBSERVE_ONLY
}
