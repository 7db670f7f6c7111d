/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import static java.util.stream.Collectors.joining;

import com.sun.jna.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the memory and the threads of a network were.
 *
 * @param pagesByNode how many pages each node has; a negative number is the errno for pages that are on none
 * @param weightPages how many pages hold weights
 * @param nodeCpus the CPUs of the node that was asked for, in the kernel's list format
 */
record Placement(Map<Integer, Long> pagesByNode, long weightPages, List<ThreadPlace> threads, String nodeCpus) {

    /** Where a thread may run and was seen running. */
    record ThreadPlace(String name, BitSet cpus, BitSet ranOn) {

        private String json() {
            return "{\"name\":\"" + name + "\",\"cpus\":\"" + list(cpus) + "\",\"ranOn\":[" + list(ranOn) + "]}";
        }

        private static String list(BitSet cpus) {
            return cpus.stream().mapToObj(Integer::toString).collect(joining(","));
        }
    }

    /** Asks the kernel where the pages of {@code memory} are. */
    static Map<Integer, Long> pagesByNode(Memory memory) {
        Map<Integer, Long> pages = new TreeMap<>();
        Arrays.stream(LinuxCalls.nodesOfPages(memory)).forEach(node -> pages.merge(node, 1L, Long::sum));
        return pages;
    }

    /** Returns the CPUs of {@code node} in the kernel's list format. */
    static String cpusOf(int node) {
        try {
            return Files.readString(Path.of("/sys/devices/system/node/node" + node + "/cpulist"))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String json() {
        return "{\"pagesByNode\":{"
                + pagesByNode.entrySet().stream()
                        .map(node -> "\"" + node.getKey() + "\":" + node.getValue())
                        .collect(joining(","))
                + "},\"weightPages\":" + weightPages + ",\"threads\":["
                + threads.stream().map(ThreadPlace::json).collect(joining(",")) + "],\"nodeCpus\":\"" + nodeCpus
                + "\"}\n";
    }
}
