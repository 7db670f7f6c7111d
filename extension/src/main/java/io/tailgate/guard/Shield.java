/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CounterReader;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What memory policies do against automatic NUMA balancing, as read back: no change of the host, no privilege. */
final class Shield {

    private final Machine machine;
    private final @Nullable PolicyChange policy;
    private @Nullable ProcessPolicy process; // null until something was read
    private @Nullable PolicyCoverage coverage;
    private OptionalLong faultsAtStart = OptionalLong.empty();
    private String faults = "";

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

    /** Counts the process's own faults; each hinting fault is one of them, and only the host counts those alone. */
    void endCounting() {
        OptionalLong atEnd = minorFaults();
        if (faultsAtStart.isPresent() && atEnd.isPresent()) {
            faults = "; at most " + (atEnd.getAsLong() - faultsAtStart.getAsLong())
                    + " hinting faults in this process while measuring (its minor faults)";
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
            return refused();
        }
        return covered() + refused() + "; " + (process.shields() ? "" : "not " + Tier.POLICY_PROCESS + ": ") + process
                + faults;
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
