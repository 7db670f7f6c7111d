/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What runs in the two nodes of the NUMA lab: the workload, and a test class for each scenario of the proof.
 *
 * <p>No test of this package but the {@code *Tests} runs in a build: on a machine with one node the others prove nothing.
 */
@NullMarked
package io.tailgate.samples.numalab;

import org.jspecify.annotations.NullMarked;
