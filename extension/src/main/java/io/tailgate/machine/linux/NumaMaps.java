/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.PageCount;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Adds up {@code /proc/self/numa_maps}, whose lines read {@code 7f5c4000 local anon=512 dirty=512 N0=512 ...}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/numa.7.html">numa(7)</a>
 */
final class NumaMaps {

    private NumaMaps() {}

    /** Counts the pages of all mappings but those that start at one of {@code unscanned}. */
    static PageCount count(String numaMaps, Set<Long> unscanned) {
        long with = 0;
        long without = 0;
        Map<Integer, Long> perNode = new HashMap<>();
        for (String line : numaMaps.lines().toList()) {
            int policy = line.indexOf(' ') + 1;
            if (unscanned.contains(Long.parseUnsignedLong(line, 0, policy - 1, 16)) || isHuge(line)) {
                continue;
            }
            long pages = addNodes(line, perNode);
            if (shields(policy(line))) {
                with += pages;
            } else {
                without += pages;
            }
        }
        return PageCount.of(with, without, perNode);
    }

    /** Pages of hugetlbfs are counted in another unit, and balancing leaves them alone. */
    private static boolean isHuge(String line) {
        return line.contains(" huge ");
    }

    /** Returns the policy of a line; some have a space in them: {@code prefer (many):0}, {@code weighted interleave:0}. */
    static String policy(String line) {
        int start = line.indexOf(' ') + 1;
        boolean twoWords = line.startsWith("prefer (", start) || line.startsWith("weighted ", start);
        int end = line.indexOf(' ', twoWords ? line.indexOf(' ', start) + 1 : start);
        return end < 0 ? line.substring(start) : line.substring(start, end);
    }

    /**
     * Says whether a policy keeps automatic NUMA balancing away.
     *
     * <p>One may opt in to it: {@code bind=balancing:0}, which kernels before 6.13 show as {@code bind=:0}.
     */
    static boolean shields(String policy) {
        return !policy.equals("default") && !policy.contains("balancing") && !policy.contains("=:");
    }

    /** Adds the pages of fields such as {@code N0=512} and returns how many they are. */
    private static long addNodes(String line, Map<Integer, Long> perNode) {
        long pages = 0;
        for (int at = line.indexOf(" N"); at >= 0; at = line.indexOf(" N", at + 1)) {
            int equals = line.indexOf('=', at);
            int end = line.indexOf(' ', equals);
            long count = Long.parseLong(line, equals + 1, end < 0 ? line.length() : end, 10);
            perNode.merge(Integer.parseInt(line, at + 2, equals, 10), count, Long::sum);
            pages += count;
        }
        return pages;
    }
}
