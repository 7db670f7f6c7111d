/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab.judge;

import io.tailgate.machine.CpuSet;
import java.util.List;
import java.util.Map;

/** Where the workload's pages and threads were while the guard held, as the test has written it. */
record Placement(Map<String, Long> pagesByNode, long weightPages, List<Worker> threads, String nodeCpus) {

    record Worker(String name, String cpus, List<Integer> ranOn) {}

    /** Returns the share of the pages that are on {@code node}, 0 to 1. */
    double shareOn(int node) {
        long pages = pages();
        return pages == 0 ? 0 : (double) pagesByNode.getOrDefault(Integer.toString(node), 0L) / pages;
    }

    /** Returns how many pages were looked up, wherever they are. */
    long pages() {
        return pagesByNode.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the threads whose affinity is not exactly the node's CPUs, or that ran on another CPU. */
    List<Worker> astray() {
        CpuSet node = CpuSet.parse(nodeCpus);
        return threads.stream()
                .filter(thread -> !CpuSet.parse(thread.cpus()).equals(node)
                        || !thread.ranOn().stream().allMatch(node::contains))
                .toList();
    }
}
