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
 * @param mayBeRead whether it is memory that may be read: no device, whose registers may mind
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_maps.5.html">proc_pid_maps(5)</a>
 */
record Mapping(long start, long end, boolean isScanned, boolean mayBeRead) {

    private static final int FIELDS_BEFORE_INODE = 3; // rw-p offset device inode name

    /** Names of what is no memory, or nobody's business, though it is mapped like a file. */
    private static final List<String> NO_MEMORY = List.of(
            "/dev/", "/sys/", "/proc/", "/dmabuf", "/drm", "/secretmem", "/anon_hugepage", "anon_inode:", "socket:");

    private static final List<String> MEMORY_AFTER_ALL = List.of("/dev/shm/", "/dev/zero"); // shared memory

    /** Parses {@code /proc/self/maps}; by hand, since this stands between a test and its measurement. */
    static List<Mapping> parse(String maps) {
        List<Mapping> mappings = new ArrayList<>();
        for (int line = 0, next; line < maps.length(); line = next) {
            int end = maps.indexOf('\n', line);
            next = (end < 0 ? maps.length() : end) + 1;
            int dash = maps.indexOf('-', line);
            int permissions = maps.indexOf(' ', dash) + 1;
            int inode = inode(maps, permissions);
            boolean scanned = isScanned(maps, permissions, inode);
            mappings.add(new Mapping(
                    Long.parseUnsignedLong(maps, line, dash, 16),
                    Long.parseUnsignedLong(maps, dash + 1, permissions - 1, 16),
                    scanned,
                    scanned && maps.charAt(permissions) == 'r' && isMemory(maps, name(maps, inode))));
        }
        return mappings;
    }

    private static int inode(String maps, int permissions) {
        int inode = permissions;
        for (int field = 0; field < FIELDS_BEFORE_INODE; field++) {
            inode = maps.indexOf(' ', inode) + 1;
        }
        return inode;
    }

    /** Returns where the name begins, which some mappings have, or the line ends. */
    private static int name(String maps, int inode) {
        int name = inode;
        while (name < maps.length() && Character.isDigit(maps.charAt(name))) {
            name++;
        }
        while (name < maps.length() && maps.charAt(name) == ' ') {
            name++;
        }
        return name;
    }

    /**
     * The kernel leaves out files that can only be read, so constants and code of libraries; not so anonymous memory that
     * was made read-only. What cannot be accessed at all becomes accessible as an arena of malloc grows into it.
     */
    private static boolean isScanned(String maps, int permissions, int inode) {
        boolean writable = maps.charAt(permissions + 1) == 'w';
        boolean anonymous = maps.charAt(inode) == '0';
        return writable || (anonymous && !isKernelsOwn(maps, name(maps, inode)));
    }

    /** The pages [vdso], [vvar], [vvar_vclock], [vsyscall], [uprobes]; other names in brackets are the program's. */
    private static boolean isKernelsOwn(String maps, int name) {
        return maps.startsWith("[v", name) || maps.startsWith("[uprobes]", name);
    }

    /** Of most devices the kernel does not even say that their pages are present. */
    private static boolean isMemory(String maps, int name) {
        return NO_MEMORY.stream().noneMatch(prefix -> maps.startsWith(prefix, name))
                || MEMORY_AFTER_ALL.stream().anyMatch(prefix -> maps.startsWith(prefix, name));
    }
}
