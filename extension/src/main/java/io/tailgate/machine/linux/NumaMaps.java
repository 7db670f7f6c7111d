/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.PageCount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up {@code /proc/self/numa_maps}, whose lines read {@code 7f5c4000 local anon=512 dirty=512 N0=512 ...}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/numa.7.html">numa(7)</a>
 */
final class NumaMaps {

    private static final int POLICY = 1;

    private NumaMaps() {}

    static PageCount count(List<String> lines) {
        long with = 0;
        long without = 0;
        Map<Integer, Long> perNode = new HashMap<>();
        for (String line : lines) {
            String[] fields = line.split(" ", -1);
            long anonymous = anonymous(fields);
            if (anonymous == 0) {
                continue;
            }
            if (fields[POLICY].equals("default")) {
                without += anonymous;
            } else {
                with += anonymous;
            }
            addNodes(fields, perNode);
        }
        return PageCount.of(with, without, perNode);
    }

    /** Returns 0 for huge pages as well: they are counted in another unit, and balancing leaves them alone. */
    private static long anonymous(String[] fields) {
        long pages = 0;
        for (String field : fields) {
            if (field.equals("huge")) {
                return 0;
            }
            if (field.startsWith("anon=")) {
                pages = Long.parseLong(field.substring("anon=".length()));
            }
        }
        return pages;
    }

    private static void addNodes(String[] fields, Map<Integer, Long> perNode) {
        for (String field : fields) {
            if (field.matches("N\\d+=\\d+")) {
                int equals = field.indexOf('=');
                int node = Integer.parseInt(field.substring(1, equals));
                perNode.merge(node, Long.parseLong(field.substring(equals + 1)), Long::sum);
            }
        }
    }
}
