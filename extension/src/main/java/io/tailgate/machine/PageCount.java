/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pages of this process in mappings that automatic NUMA balancing may scan, as {@code numa_maps} shows them.
 *
 * @param withPolicy pages of mappings that have a memory policy: balancing leaves them alone
 * @param withoutPolicy pages of the others
 * @param perNode pages by the node on which they lie
 */
public record PageCount(long withPolicy, long withoutPolicy, SortedMap<Integer, Long> perNode) {

    public PageCount {
        perNode = Collections.unmodifiableSortedMap(new TreeMap<>(perNode));
    }

    public static PageCount of(long withPolicy, long withoutPolicy, Map<Integer, Long> perNode) {
        return new PageCount(withPolicy, withoutPolicy, new TreeMap<>(perNode));
    }
}
