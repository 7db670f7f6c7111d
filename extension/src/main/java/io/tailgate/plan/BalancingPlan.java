/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

/** What happens to automatic NUMA balancing; the constants are those of the public {@code NumaBalancing}. */
public enum BalancingPlan {
    /** Switched off host-wide where that is permitted, else shielded. */
    OFF,
    /** Kept away from this process by memory policy; nothing global is changed. */
    SHIELDED,
    /** As the machine has it. */
    UNCHANGED
}
