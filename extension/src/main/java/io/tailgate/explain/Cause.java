/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.explain;

/** Why an iteration was slow. */
public enum Cause {
    /** In an open loop: it was due before the one before it had ended. */
    BACKLOG,
    /** In an open loop: its caller was free, and it began late all the same. */
    GENERATOR_LAG,
    NUMA_BALANCING,
    FIRST_TOUCH,
    MAJOR_FAULT,
    PREEMPTION,
    BLOCKING,
    GC,
    SAFEPOINT,
    JIT,
    CPU_QUOTA,
    STEAL,
    FREQUENCY,
    INTERRUPT,
    UNEXPLAINED
}
