/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab.judge;

import org.jspecify.annotations.Nullable;

/** What became of kernel.numa_balancing when a JVM was killed: {@code facts.json} of a session {@code kill-N}. */
record Kill(String balancingAtKill, @Nullable Long restoredMs, String balancingAfter) {}
