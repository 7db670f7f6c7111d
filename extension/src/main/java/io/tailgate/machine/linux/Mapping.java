/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import java.util.List;
import java.util.Set;

/**
 * A range of this process's memory.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_maps.5.html">proc_pid_maps(5)</a>
 */
record Mapping(long start, long length) {

    /** Belong to the kernel; mbind(2) on them means nothing. */
    private static final Set<String> KERNELS_OWN = Set.of("[vvar]", "[vvar_vclock]", "[vdso]", "[vsyscall]");

    /** Returns the mappings that can be written, which are those whose pages automatic NUMA balancing unmaps. */
    static List<Mapping> writable(List<String> maps) {
        return maps.stream()
                .map(line -> line.split(" +", 6)) // 7f00-7f01 rw-p offset device inode name
                .filter(fields -> fields[1].charAt(1) == 'w')
                .filter(fields -> fields.length < 6 || !KERNELS_OWN.contains(fields[5]))
                .map(fields -> of(fields[0]))
                .toList();
    }

    private static Mapping of(String range) {
        int dash = range.indexOf('-');
        long start = Long.parseUnsignedLong(range.substring(0, dash), 16);
        return new Mapping(start, Long.parseUnsignedLong(range.substring(dash + 1), 16) - start);
    }
}
