/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * Where native memory is, as the kernel says (move_pages(2), {@code /proc/self/smaps}).
 *
 * @param residentBytes weights and activations, or matrices, that are in memory
 * @param hugePageBytes of those, on transparent huge pages
 * @param bytesOnNode of those, by NUMA node; nodes without any are left out, nodes from 64 on are under 64
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record MemoryUse(long residentBytes, long hugePageBytes, Map<Integer, Long> bytesOnNode) {

    /** {@code tg_memory}: two numbers, one for each of 64 nodes, and one for those beyond. */
    static final int LONGS = 2 + 64 + 1;

    public MemoryUse {
        bytesOnNode = Map.copyOf(bytesOnNode);
    }

    static MemoryUse of(long[] memory) {
        SortedMap<Integer, Long> onNode = new TreeMap<>();
        for (int i = 2; i < LONGS; i++) {
            if (memory[i] > 0) {
                onNode.put(i - 2, memory[i]);
            }
        }
        return new MemoryUse(memory[0], memory[1], onNode);
    }
}
