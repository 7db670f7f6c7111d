/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.ThreadPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether the JVM was started under a memory policy, which every thread then has.
 *
 * @param threads those that have the policy, in words, or why they could not be read
 * @param shields whether all have one, so that automatic NUMA balancing leaves this process alone
 * @param local whether it is LOCAL in all of them
 * @param scanner a thread that automatic NUMA balancing may use to scan this process
 */
record ProcessPolicy(String threads, boolean shields, boolean local, int scanner) {

    static ProcessPolicy read(Machine machine) {
        try {
            return of(machine.shield().threads());
        } catch (MachineException e) {
            int anyone = machine.processId();
            return new ProcessPolicy(String.valueOf(e.getMessage()), false, false, anyone);
        }
    }

    private static ProcessPolicy of(List<ThreadPolicy> threads) {
        List<ThreadPolicy> open = threads.stream()
                .filter(thread -> !thread.shields())
                .sorted(Comparator.comparingInt(ThreadPolicy::tid))
                .toList();
        return open.isEmpty() ? shielded(threads) : open(open, threads.size());
    }

    private static ProcessPolicy shielded(List<ThreadPolicy> threads) {
        String policies =
                threads.stream().map(ThreadPolicy::policy).collect(Collectors.toCollection(TreeSet::new)).stream()
                        .collect(Collectors.joining(", "));
        return new ProcessPolicy(
                "all " + threads.size() + " threads of the JVM have a memory policy (" + policies + ")",
                true,
                threads.stream().allMatch(ThreadPolicy::isLocal),
                threads.get(0).tid());
    }

    private static ProcessPolicy open(List<ThreadPolicy> open, int all) {
        ThreadPolicy first = open.get(0);
        return new ProcessPolicy(
                open.size() + " of " + all + " threads of the JVM lack a memory policy that shields, e.g. \""
                        + first.name()
                        + "\" (tid " + first.tid() + ", " + first.policy()
                        + "); start it with tailgate-local-memory or numactl --localalloc",
                false,
                false,
                first.tid());
    }

    @Override
    public String toString() {
        return threads;
    }
}
