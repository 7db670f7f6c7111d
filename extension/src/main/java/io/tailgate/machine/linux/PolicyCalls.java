/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import io.tailgate.machine.NumaPolicy;
import io.tailgate.machine.NumaPolicy.Mode;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The memory policy calls of the kernel, in terms of {@link NumaPolicy}. */
final class PolicyCalls {

    static final int MOVE = 1 << 1; // MPOL_MF_MOVE of linux/mempolicy.h, as are the next

    private static final int MPOL_F_NUMA_BALANCING = 1 << 13;
    private static final int MPOL_MODE_FLAGS = 1 << 15 | 1 << 14 | MPOL_F_NUMA_BALANCING;
    private static final int MOST_NODES = 1024; // CONFIG_NODES_SHIFT is at most 10

    private final LibC libc;

    PolicyCalls(LibC libc) {
        this.libc = libc;
    }

    NumaPolicy ofThread() {
        return read(LibC.NO_ADDRESS);
    }

    private NumaPolicy read(long address) {
        long[] nodes = new long[MOST_NODES / Long.SIZE];
        int read = libc.getMempolicy(nodes, address);
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

    /** Says whether a page that faults stays where it is, and does not go to the thread that has this policy. */
    static boolean keepsPagesInPlace(NumaPolicy policy) {
        return policy.mode() != Mode.DEFAULT && (policy.flags() & MPOL_F_NUMA_BALANCING) == 0;
    }

    void setForThread(NumaPolicy policy) {
        withFallback(policy, one -> libc.setMempolicy(number(one), mask(one.nodes())));
    }

    /** Says whether the mapping at this address has a policy of its own, be it of a mode that is not known here. */
    boolean isAnyAt(long address) {
        return libc.getMempolicy(null, address) != Mode.DEFAULT.number();
    }

    /** Says whether the mapping at this address has this policy. */
    boolean isAt(long address, NumaPolicy policy) {
        int mode = libc.getMempolicy(null, address) & ~MPOL_MODE_FLAGS;
        boolean mayBe = mode == policy.mode().number() || mode == Mode.PREFERRED.number(); // LOCAL by its older name
        return mayBe && read(address).meansTheSameAs(policy);
    }

    void setFor(long start, long end, NumaPolicy policy, int flags) {
        withFallback(policy, one -> libc.mbind(start, end - start, number(one), mask(one.nodes()), flags));
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
}
