/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import io.tailgate.machine.NumaMemory;
import io.tailgate.machine.NumaPolicy;
import io.tailgate.machine.NumaPolicy.Mode;
import io.tailgate.machine.PageCount;
import io.tailgate.machine.PolicySweep;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Memory policies by set_mempolicy(2) and mbind(2). */
final class LinuxNumaMemory implements NumaMemory {

    private static final int MPOL_MF_MOVE = 1 << 1; // linux/mempolicy.h
    private static final int MPOL_MODE_FLAGS = 1 << 15 | 1 << 14 | 1 << 13;
    private static final int MOST_NODES = 1024; // CONFIG_NODES_SHIFT is at most 10

    private final Path self;
    private final LibC libc;

    LinuxNumaMemory(Path proc, LibC libc) {
        this.self = proc.resolve("self");
        this.libc = libc;
    }

    @Override
    public NumaPolicy threadPolicy() {
        PlatformThreads.require("read the memory policy");
        long[] nodes = new long[MOST_NODES / Long.SIZE];
        int read = libc.getMempolicy(nodes);
        Mode mode = mode(read & ~MPOL_MODE_FLAGS);
        Set<Integer> set = BitSet.valueOf(nodes).stream().boxed().collect(Collectors.toSet());
        return new NumaPolicy(mode, read & MPOL_MODE_FLAGS, new TreeSet<>(set));
    }

    private static Mode mode(int number) {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.number() == number)
                .findFirst()
                .orElseThrow(() ->
                        new MachineException("get_mempolicy() returned mode " + number + ", which is not known here"));
    }

    @Override
    public void setThreadPolicy(NumaPolicy policy) {
        PlatformThreads.require("set the memory policy");
        withFallback(policy, this::setMempolicy);
    }

    private void setMempolicy(NumaPolicy policy) {
        libc.setMempolicy(number(policy), mask(policy.nodes()));
    }

    /** Calls with {@code policy}; a kernel before 3.8 has no MPOL_LOCAL and says the same as preferring no node. */
    private static void withFallback(NumaPolicy policy, Consumer<NumaPolicy> call) {
        try {
            call.accept(policy);
        } catch (ErrnoException e) {
            if (e.errno() != ErrnoException.EINVAL || policy.mode() != Mode.LOCAL) {
                throw e;
            }
            call.accept(NumaPolicy.of(Mode.PREFERRED, Set.of()));
        }
    }

    @Override
    public PolicySweep sweep(NumaPolicy policy) {
        int move = policy.mode() == Mode.BIND || policy.mode() == Mode.PREFERRED ? MPOL_MF_MOVE : 0;
        int covered = 0;
        int refused = 0;
        Optional<String> refusal = Optional.empty();
        for (Mapping mapping : Mapping.writable(KernelFiles.required(self.resolve("maps"), "the mappings"))) {
            try {
                withFallback(policy, one -> mbind(mapping, one, move));
                covered++;
            } catch (ErrnoException e) {
                if (e.errno() == ErrnoException.EFAULT) {
                    continue; // unmapped since it was listed
                }
                refused++;
                refusal = refusal.or(() -> Optional.ofNullable(e.getMessage()));
            }
        }
        return new PolicySweep(covered, refused, refusal);
    }

    private void mbind(Mapping mapping, NumaPolicy policy, int flags) {
        libc.mbind(mapping.start(), mapping.length(), number(policy), mask(policy.nodes()), flags);
    }

    private static int number(NumaPolicy policy) {
        return policy.mode().number() | policy.flags();
    }

    private static long @Nullable [] mask(Collection<Integer> nodes) {
        if (nodes.isEmpty()) {
            return null;
        }
        long[] mask = new long[MOST_NODES / Long.SIZE];
        nodes.forEach(node -> mask[node / Long.SIZE] |= 1L << node);
        return mask;
    }

    @Override
    public PageCount pages() {
        return NumaMaps.count(KernelFiles.required(self.resolve("numa_maps"), "the memory policies"));
    }
}
