/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import io.tailgate.MemoryPolicy;
import io.tailgate.NumaBalancing;
import io.tailgate.PinnedNuma;

/** Control: pinning to CPUs alone keeps no hinting fault away. */
@PinnedNuma(cpus = "0-1", memory = MemoryPolicy.UNCHANGED, numaBalancing = NumaBalancing.UNCHANGED)
class CpusPinnedStreamingTest extends StreamingTestCase {}
