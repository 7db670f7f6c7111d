/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.explain;

/** Why an iteration was slow. */
public enum Cause {
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
