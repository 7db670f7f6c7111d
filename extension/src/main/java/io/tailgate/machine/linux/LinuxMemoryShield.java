/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.AddressRanges;
import io.tailgate.machine.CpuSet;
import io.tailgate.machine.MemoryShield;
import io.tailgate.machine.NumaPolicy;
import io.tailgate.machine.NumaPolicy.Mode;
import io.tailgate.machine.PageCount;
import io.tailgate.machine.PagesRead;
import io.tailgate.machine.PolicySweep;
import io.tailgate.machine.ThreadPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Memory policies by mbind(2), mappings from {@code /proc/self/maps}.
 *
 * <p>Which mapping has a policy is asked of get_mempolicy(2), one by one: {@code numa_maps} tells it too, but walks the
 * page tables of the whole process for it.
 */
final class LinuxMemoryShield implements MemoryShield {

    private final Path self;
    private final Path nodes;
    private final PolicyCalls policies;
    private final ThreadPolicies threads;
    private final LibC libc;

    LinuxMemoryShield(Path proc, Path sys, PolicyCalls policies, ThreadPolicies threads, LibC libc) {
        this.self = proc.resolve("self");
        this.nodes = sys.resolve("devices/system/node");
        this.policies = policies;
        this.threads = threads;
        this.libc = libc;
    }

    @Override
    public List<ThreadPolicy> threads() {
        return threads.read();
    }

    private List<Mapping> mappings() {
        return Mapping.parse(KernelFiles.text(self.resolve("maps"), "the mappings"));
    }

    @Override
    public PolicySweep cover(NumaPolicy policy) {
        int move = policy.mode() == Mode.BIND || policy.mode() == Mode.PREFERRED ? PolicyCalls.MOVE : 0;
        SortedMap<Long, Long> ranges = new TreeMap<>();
        int covered = 0;
        int kept = 0;
        int refused = 0;
        Optional<String> refusal = Optional.empty();
        for (Mapping mapping : mappings()) {
            if (!mapping.isScanned()) {
                continue;
            }
            try {
                if (policies.isAnyAt(mapping.start())) {
                    kept++;
                } else {
                    policies.setFor(mapping.start(), mapping.end(), policy, move);
                    ranges.put(mapping.start(), mapping.end());
                    covered++;
                }
            } catch (ErrnoException e) {
                if (!isUnmapped(e)) {
                    refused++;
                    refusal = refusal.or(() -> Optional.ofNullable(e.getMessage()));
                }
            }
        }
        return new PolicySweep(AddressRanges.of(ranges), covered, kept, refused, refusal);
    }

    /** Since it was listed; the kernel gives a range that it finds a hole in no policy at all. */
    private static boolean isUnmapped(ErrnoException e) {
        return e.errno() == ErrnoException.EFAULT;
    }

    @Override
    public void uncover(AddressRanges covered, NumaPolicy policy) {
        List<ErrnoException> failures = new ArrayList<>();
        AddressRanges left = uncoverOnce(covered, policy, failures);
        AddressRanges before;
        do {
            before = left;
            left = uncoverOnce(before, policy, failures);
        } while (!left.equals(before));
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    /**
     * Returns what seems to have another policy. The program gave it one; or the JVM replaced the first pages of a
     * mapping since it was listed, as it does where code or metaspace grow, and the rest of it has still ours.
     */
    private AddressRanges uncoverOnce(AddressRanges covered, NumaPolicy policy, List<ErrnoException> failures) {
        AddressRanges left = AddressRanges.NONE;
        for (Mapping mapping : covered.isEmpty() ? List.<Mapping>of() : mappings()) {
            AddressRanges ours = covered.within(mapping.start(), mapping.end());
            try {
                if (ours.isEmpty()) {
                    continue;
                }
                if (policies.isAt(mapping.start(), policy)) {
                    ours.endsByStart().forEach((start, end) -> policies.setFor(start, end, NumaPolicy.DEFAULT, 0));
                } else {
                    left = left.and(ours);
                }
            } catch (ErrnoException e) {
                if (!isUnmapped(e)) {
                    failures.add(e);
                }
            }
        }
        return left;
    }

    /** A page that faults moves to the node of who reads it, unless there is no other or this thread has a policy. */
    @Override
    public PagesRead mapAgain(long mostNs) {
        PlatformThreads.require("map pages again");
        if (isOneNode()) {
            return readPresentPages(mostNs); // also where seccomp refuses the calls for policies
        }
        NumaPolicy before = policies.ofThread();
        if (PolicyCalls.keepsPagesInPlace(before)) {
            return readPresentPages(mostNs);
        }
        policies.setForThread(NumaPolicy.LOCAL);
        try {
            return readPresentPages(mostNs);
        } finally {
            policies.setForThread(before);
        }
    }

    private boolean isOneNode() {
        return KernelFiles.lineIfThere(nodes.resolve("has_memory"))
                .map(CpuSet::parse) // the list format of nodes is that of CPUs
                .map(withMemory -> withMemory.size() == 1)
                .orElse(false);
    }

    /** Goes from the smallest to the largest, so that a huge sparse one does not use up the time of all others. */
    private PagesRead readPresentPages(long mostNs) {
        List<Mapping> readable = mappings().stream()
                .filter(Mapping::mayBeRead)
                .sorted(Comparator.comparingLong(mapping -> mapping.end() - mapping.start()))
                .toList();
        return new PresentPages(self, libc).read(readable, mostNs);
    }

    @Override
    public PageCount pages(int tid) {
        Set<Long> unscanned = new HashSet<>();
        for (Mapping mapping : mappings()) {
            if (!mapping.isScanned()) {
                unscanned.add(mapping.start());
            }
        }
        return NumaMaps.count(
                KernelFiles.text(self.resolve("task/" + tid + "/numa_maps"), "the memory policies"), unscanned);
    }
}
