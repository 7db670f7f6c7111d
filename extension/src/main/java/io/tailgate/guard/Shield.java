/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CounterReader;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What memory policies do against automatic NUMA balancing, as read back: no change of the host, no privilege. */
final class Shield {

    private final Machine machine;
    private final @Nullable PolicyChange policy;
    private @Nullable ProcessPolicy process; // null until something was read
    private @Nullable PolicyCoverage coverage;
    private OptionalLong faultsAtStart = OptionalLong.empty();
    private OptionalLong faultsMeanwhile = OptionalLong.empty();
    private String faults = "";
    private String places = "";

    /** Takes {@code policy}, null where the test left memory unchanged. */
    Shield(Machine machine, @Nullable PolicyChange policy) {
        this.machine = machine;
        this.policy = policy;
    }

    /** Reads the policies of the threads; until pages are counted, one that was set and not refused is believed. */
    void readThreads() {
        process = ProcessPolicy.read(machine);
    }

    /** Reads everything back, in milliseconds unless the whole JVM has a policy; pages only if there is a tier to lose. */
    void readAtStart() {
        read(policy != null);
    }

    /** Reads everything back, in milliseconds unless the whole JVM has a policy. */
    void readAtEnd() {
        read(true);
    }

    private void read(boolean pages) {
        ProcessPolicy now = ProcessPolicy.read(machine);
        process = now;
        coverage = now.shields() || !pages ? null : PolicyCoverage.read(machine, now.scanner());
    }

    /** Notes from where the process's own faults count. */
    void startCounting() {
        faultsAtStart = minorFaults();
    }

    /** Counts the process's own faults. */
    void endCounting() {
        OptionalLong atEnd = minorFaults();
        faultsMeanwhile = faultsAtStart.isPresent() && atEnd.isPresent()
                ? OptionalLong.of(atEnd.getAsLong() - faultsAtStart.getAsLong())
                : OptionalLong.empty();
    }

    /** Each hinting fault of this process is one of its minor faults, and one of the host's; -1 if these are unknown. */
    void compareWith(long hostHintFaults) {
        if (faultsMeanwhile.isEmpty()) {
            return;
        }
        long own = faultsMeanwhile.getAsLong();
        faults = "; at most " + (hostHintFaults < 0 ? own : Math.min(own, hostHintFaults))
                + " hinting faults in this process from the first measured iteration to the last (its minor faults, also"
                + " between iterations: " + own + "; the host's hinting faults: "
                + (hostHintFaults < 0 ? "unknown" : hostHintFaults) + ")";
    }

    /** Reads where pages lie for a test that asked for nodes: the kernel moves what it can, and is silent on the rest. */
    void readPlaces() {
        if (policy != null && !policy.policy().nodes().isEmpty()) {
            places = "; memory " + policy.policy() + ", pages by node after measuring: " + pagesByNode();
        }
    }

    private String pagesByNode() {
        try {
            return machine.shield().pages(machine.processId()).perNode().entrySet().stream()
                    .map(node -> "node " + node.getKey() + " " + node.getValue())
                    .collect(Collectors.joining(", "));
        } catch (MachineException e) {
            return "unknown, " + e.getMessage();
        }
    }

    private OptionalLong minorFaults() {
        long[] counters = new long[CounterReader.FIELDS];
        try {
            machine.counters().readProcess(counters, 0);
            return OptionalLong.of(counters[CounterReader.MINOR_FAULTS]);
        } catch (MachineException e) {
            return OptionalLong.empty(); // no figure is better than a wrong one
        }
    }

    /** Covers what was mapped since. */
    void renew() {
        if (policy != null) {
            policy.renew();
        }
    }

    /** Returns the tier as read last. */
    Tier tier() {
        if (process != null && process.shields()) {
            return Tier.POLICY_PROCESS;
        }
        return policy != null && isSwept(policy) ? Tier.POLICY_SWEEP : Tier.OBSERVE_ONLY;
    }

    private boolean isSwept(PolicyChange change) {
        return coverage == null ? change.isMade() : coverage.shields();
    }

    /** Returns what was found, and why the tier is not a better one, to be joined to words before it. */
    String words() {
        if (process == null) {
            return refused() + places;
        }
        return covered() + refused() + "; " + (process.shields() ? "" : "not " + Tier.POLICY_PROCESS + ": ") + process
                + faults + places;
    }

    private String covered() {
        if (policy == null) {
            return "; memory = UNCHANGED" + (coverage == null ? "" : "; " + coverage);
        }
        return coverage == null ? "" : "; " + coverage + " (" + policy.policy() + ")" + policy.keptWords();
    }

    private String refused() {
        return policy == null ? "" : policy.refusal().map(why -> "; " + why).orElse("");
    }

    /** Returns what is missing, for a test that had more when measuring started. */
    String loss() {
        return "the memory policy no longer shields the process's memory" + words()
                + "; allocate and start threads before measuring starts";
    }
}
