/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import java.util.ArrayList;
import java.util.List;

/**
 * A range of this process's memory.
 *
 * @param end exclusive
 * @param isScanned whether automatic NUMA balancing would take its pages away, now or once it may be accessed
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_maps.5.html">proc_pid_maps(5)</a>
 */
record Mapping(long start, long end, boolean isScanned) {

    private static final int FIELDS_BEFORE_INODE = 4; // 7f00-7f01 rw-p offset device inode name

    /** Parses {@code /proc/self/maps}; by hand, since this stands between a test and its measurement. */
    static List<Mapping> parse(String maps) {
        List<Mapping> mappings = new ArrayList<>();
        for (int line = 0, next; line < maps.length(); line = next) {
            int end = maps.indexOf('\n', line);
            next = (end < 0 ? maps.length() : end) + 1;
            int dash = maps.indexOf('-', line);
            int space = maps.indexOf(' ', dash);
            mappings.add(new Mapping(
                    Long.parseUnsignedLong(maps, line, dash, 16),
                    Long.parseUnsignedLong(maps, dash + 1, space, 16),
                    isScanned(maps, line, space + 1)));
        }
        return mappings;
    }

    /**
     * The kernel leaves out files that can only be read, so constants and code of libraries; not so anonymous memory that
     * was made read-only. What cannot be accessed at all becomes accessible as an arena of malloc grows into it.
     */
    private static boolean isScanned(String maps, int line, int permissions) {
        int inode = line;
        for (int field = 0; field < FIELDS_BEFORE_INODE; field++) {
            inode = maps.indexOf(' ', inode) + 1;
        }
        boolean writable = maps.charAt(permissions + 1) == 'w';
        boolean anonymous = maps.charAt(inode) == '0';
        return writable || (anonymous && !isKernelsOwn(maps, inode));
    }

    /** The pages [vdso], [vvar], [vvar_vclock], [vsyscall], [uprobes]; other names in brackets are the program's. */
    private static boolean isKernelsOwn(String maps, int inode) {
        int name = inode + 1;
        while (name < maps.length() && maps.charAt(name) == ' ') {
            name++;
        }
        return maps.startsWith("[v", name) || maps.startsWith("[uprobes]", name);
    }
}
