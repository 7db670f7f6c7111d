/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.CpuSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the control groups of this process allow, versions 1 and 2.
 *
 * <p>Inside a container the group that {@code /proc/self/cgroup} names may not be below the mount, which then shows the
 * container's own group at its root; so each ancestor up to the root is asked.
 */
final class Cgroups {

    private final Path proc;
    private final Path mount;

    Cgroups(Path proc, Path sys) {
        this.proc = proc;
        this.mount = sys.resolve("fs/cgroup");
    }

    /** Returns the CPUs that the cpuset of this process allows, or empty where there is no cpuset. */
    Optional<CpuSet> cpuset() {
        return groups("cpuset")
                .flatMap(group -> Stream.of("cpuset.cpus.effective", "cpuset.effective_cpus", "cpuset.cpus")
                        .map(group::resolve))
                .flatMap(file -> KernelFiles.lineIfThere(file).stream())
                .filter(line -> !line.isEmpty())
                .findFirst()
                .map(CpuSet::parse);
    }

    /** Returns the nearest limit on CPU time, e.g. {@code 2.00 CPUs}, or empty where there is none. */
    Optional<String> cpuQuota() {
        return groups("cpu").flatMap(group -> quota(group).stream()).findFirst();
    }

    private static Optional<String> quota(Path group) {
        Optional<String[]> v2 =
                KernelFiles.lineIfThere(group.resolve("cpu.max")).map(line -> line.split(" ", 2));
        String quota = v2.map(fields -> fields[0])
                .or(() -> KernelFiles.lineIfThere(group.resolve("cpu.cfs_quota_us")))
                .orElse("-1");
        String period = v2.map(fields -> fields[fields.length - 1])
                .or(() -> KernelFiles.lineIfThere(group.resolve("cpu.cfs_period_us")))
                .orElse("100000");
        if (quota.equals("max") || quota.equals("-1")) {
            return Optional.empty();
        }
        long hundredths = Long.parseLong(quota) * 100 / Long.parseLong(period);
        return Optional.of(hundredths / 100 + "." + (hundredths % 100 < 10 ? "0" : "") + hundredths % 100 + " CPUs");
    }

    /** Returns the folders of this process's group for a controller, nearest first, up to the root of the mount. */
    private Stream<Path> groups(String controller) {
        List<Path> folders = new ArrayList<>();
        for (String line : memberships()) {
            String[] fields = line.split(":", 3); // hierarchy:controllers:path
            if (fields.length == 3 && fields[1].isEmpty()) {
                folders.addAll(ancestors(mount, fields[2]));
                folders.addAll(ancestors(mount.resolve("unified"), fields[2]));
            } else if (fields.length == 3 && List.of(fields[1].split(",", -1)).contains(controller)) {
                folders.addAll(ancestors(mount.resolve(controller), fields[2]));
            }
        }
        return folders.stream();
    }

    private List<String> memberships() {
        try {
            return KernelFiles.lines(proc.resolve("self/cgroup"));
        } catch (IOException e) {
            return List.of(); // a kernel without control groups
        }
    }

    private static List<Path> ancestors(Path root, String path) {
        List<Path> folders = new ArrayList<>();
        Path group = root.resolve(path.substring(1)).normalize();
        for (; group != null && group.startsWith(root) && !group.equals(root); group = group.getParent()) {
            folders.add(group);
        }
        folders.add(root);
        return folders;
    }
}
