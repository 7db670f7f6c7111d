/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import io.tailgate.MemoryPolicy;
import io.tailgate.NumaBalancing;
import io.tailgate.PinnedNuma;

/** Scenario e: every page is on node 1, which has room, the threads on node 1's CPUs. */
@PinnedNuma(node = PlacementTestCase.NODE, memory = MemoryPolicy.PREFERRED, numaBalancing = NumaBalancing.UNCHANGED)
class PreferredNode1StreamingTest extends PlacementTestCase {}
