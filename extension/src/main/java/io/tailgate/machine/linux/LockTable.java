/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.CpuHolder;
import io.tailgate.machine.CpuSet;
import io.tailgate.machine.MachineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the locks of CPUs, from {@code /proc/locks}: {@code 3: FLOCK ADVISORY WRITE 4711 00:16:1193 0 EOF}, which
 * names process, device and inode.
 *
 * <p>The kernel leaves out processes that this one cannot see, as those outside its container.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_locks.5.html">proc_locks(5)</a>
 */
final class LockTable {

    private static final int LONGEST_COMMAND = 160;
    private static final Set<String> CLASS_PATH = Set.of("-cp", "-classpath", "--class-path"); // long, and says little

    private final Path proc;
    private final Path cpus;
    private final Map<String, Integer> folders = new HashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();

    LockTable(Path proc, Path cpus) {
        this.proc = proc;
        this.cpus = cpus;
    }

    List<CpuHolder> others() {
        if (folders.isEmpty()) {
            present().stream().forEach(this::identify);
        }
        Map<Long, BitSet> measuring = new TreeMap<>();
        Map<Long, BitSet> waiting = new TreeMap<>();
        for (String line : KernelFiles.required(proc.resolve("locks"), "who locks the CPUs")) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length > 5 && fields[1].equals("FLOCK")) {
                add(folders.get(fields[5]), fields[4], measuring);
                add(lines.get(fields[5]), fields[4], waiting);
            }
        }
        List<CpuHolder> others = new ArrayList<>();
        measuring.forEach((pid, taken) -> holder(pid, taken, false).ifPresent(others::add));
        waiting.forEach((pid, taken) -> holder(pid, taken, true).ifPresent(others::add));
        return others;
    }

    private CpuSet present() {
        return CpuSet.parse(KernelFiles.line(cpus.resolve("present"), "the CPUs that are there"));
    }

    private void identify(int cpu) {
        folders.put(device(LinuxReservations.folder(cpus, cpu)), cpu);
        lines.put(device(LinuxReservations.line(cpus, cpu)), cpu);
    }

    /** Returns device and inode as {@code /proc/locks} writes them. */
    private static String device(Path file) {
        try {
            long device = (Long) Files.getAttribute(file, "unix:dev");
            long inode = (Long) Files.getAttribute(file, "unix:ino");
            long major = (device >> 8) & 0xfff;
            long minor = (device & 0xff) | ((device >> 12) & 0xfff00);
            return String.format(Locale.ROOT, "%02x:%02x:%d", major, minor, inode);
        } catch (IOException e) {
            throw new MachineException("cannot identify " + file + ": " + e, e);
        }
    }

    private static void add(@Nullable Integer cpu, String pid, Map<Long, BitSet> taken) {
        if (cpu != null) {
            taken.computeIfAbsent(Long.parseLong(pid), any -> new BitSet()).set(cpu);
        }
    }

    private Optional<CpuHolder> holder(long pid, BitSet taken, boolean waiting) {
        return pid == ProcStat.processId(proc)
                ? Optional.empty()
                : CpuSet.of(taken).map(set -> new CpuHolder(pid, command(pid), set, waiting));
    }

    /** Returns how a process was started; that of another user can be read too. */
    private String command(long pid) {
        String line = KernelFiles.lineIfThere(proc.resolve(pid + "/cmdline")).orElse("");
        List<String> shown = new ArrayList<>();
        boolean isClassPath = false;
        for (String argument : line.split("\0", -1)) {
            boolean isOption = argument.startsWith("-X") || argument.startsWith("-D") || CLASS_PATH.contains(argument);
            if (!isClassPath && !isOption) {
                shown.add(shown.isEmpty() ? argument.substring(argument.lastIndexOf('/') + 1) : argument);
            }
            isClassPath = CLASS_PATH.contains(argument);
        }
        String command = String.join(" ", shown).strip();
        return command.length() <= LONGEST_COMMAND ? command : command.substring(0, LONGEST_COMMAND) + "...";
    }
}
