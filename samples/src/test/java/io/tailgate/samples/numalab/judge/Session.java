/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab.judge;

/** How one JVM of the guest ended, and kernel.numa_balancing before and after it: {@code session.json}. */
record Session(int uid, int exitStatus, String balancingBefore, String balancingAfter) {}
