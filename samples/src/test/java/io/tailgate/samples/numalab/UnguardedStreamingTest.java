/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

/** Scenario a: with automatic NUMA balancing on, the gate fails. */
class UnguardedStreamingTest extends StreamingTestCase {}
