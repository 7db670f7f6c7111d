/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.util.Optional;

/**
 * A NUMA node.
 *
 * @param cpus its CPUs; empty for a node that only has memory
 * @param memoryBytes its memory; 0 for a node that only has CPUs
 */
public record NumaNode(int id, Optional<CpuSet> cpus, long memoryBytes) {}
