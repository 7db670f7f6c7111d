/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.AddressRanges;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.NumaPolicy;
import io.tailgate.machine.PolicySweep;
import io.tailgate.machine.ThreadId;
import java.util.Optional;

/**
 * A memory policy for the calling thread and, where that changes anything, for every mapping of the process that has none.
 *
 * <p>Refusals do not end the test: placement of memory is then as it was, and the report says why.
 */
final class PolicyChange {

    /** Who was given the policy. */
    private enum Extent {
        NONE,
        THREAD,
        PROCESS
    }

    private static final System.Logger LOGGER = System.getLogger(PolicyChange.class.getName());

    private final Machine machine;
    private final UndoStack undo;
    private final ThreadId thread;
    private final NumaPolicy policy;
    private final boolean balancingOff;
    private AddressRanges covered = AddressRanges.NONE;
    private int kept;
    private Extent extent = Extent.NONE;
    private Optional<String> refusal = Optional.empty();

    private PolicyChange(Machine machine, NumaPolicy policy, boolean balancingOff, UndoStack undo) {
        this.machine = machine;
        this.undo = undo;
        this.thread = machine.currentThread();
        this.policy = policy;
        this.balancingOff = balancingOff;
    }

    /** Sets {@code policy}. */
    static PolicyChange set(NumaPolicy policy, boolean balancingOff, Machine machine, UndoStack undo) {
        PolicyChange change = new PolicyChange(machine, policy, balancingOff, undo);
        change.renew();
        return change;
    }

    /** Covers what was mapped since; does nothing where the whole JVM was started under the same policy. */
    void renew() {
        if (refusal.isPresent() || extent == Extent.THREAD) {
            return;
        }
        Extent needed = needed();
        if (needed == Extent.NONE) {
            return;
        }
        try {
            if (extent == Extent.NONE) {
                extent = needed;
                setForThread();
                if (needed == Extent.PROCESS) {
                    undo.push(() -> machine.shield().uncover(covered, policy));
                    kept = sweep().kept();
                }
            } else {
                sweep();
            }
        } catch (MachineException e) {
            refusal = Optional.ofNullable(e.getMessage());
        }
    }

    /**
     * Returns how far a change must go. Memory is local without a policy, too, so with nobody to be kept away the
     * mappings need none, unless the JVM was started under another one.
     */
    private Extent needed() {
        if (!policy.equals(NumaPolicy.LOCAL)) {
            return Extent.PROCESS;
        }
        ProcessPolicy process = ProcessPolicy.read(machine);
        if (process.local()) {
            return Extent.NONE;
        }
        return balancingOff && !process.shields() ? Extent.THREAD : Extent.PROCESS;
    }

    private PolicySweep sweep() {
        PolicySweep swept = machine.shield().cover(policy);
        covered = covered.and(swept.ranges());
        refusal = swept.refusal()
                .map(why ->
                        why + " for " + swept.refused() + " of " + (swept.covered() + swept.refused()) + " mappings");
        return swept;
    }

    private void setForThread() {
        NumaPolicy before = machine.threadPolicy();
        undo.push(() -> restoreThread(before));
        machine.setThreadPolicy(policy);
    }

    /** The kernel lets a thread set only its own policy. */
    private void restoreThread(NumaPolicy before) {
        if (machine.currentThread().equals(thread)) {
            if (!machine.threadPolicy().equals(before)) { // where setting it was refused, so would be this
                machine.setThreadPolicy(before);
            }
        } else if (machine.affinity(thread).isPresent()) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "the test ran on {0} and ended on another: that thread keeps memory policy {1} instead of {2}",
                    thread,
                    policy,
                    before);
        }
    }

    /** Returns what is wrong with the policy, in words, or empty. */
    Optional<String> refusal() {
        return refusal.map(why -> "memory policy " + policy + " was refused: " + why
                + "; in a container, run it with --cap-add SYS_NICE");
    }

    NumaPolicy policy() {
        return policy;
    }

    /** Says whether mappings have the policy, as far as the kernel answered. */
    boolean isMade() {
        return extent == Extent.PROCESS && (refusal.isEmpty() || !covered.isEmpty());
    }

    /** Returns what was left alone, in words to be joined to others, or nothing. */
    String keptWords() {
        return kept == 0 ? "" : ", " + kept + " mappings kept the one that they had";
    }

    /** Returns what someone else did to the policy since, or empty; only the test's own thread can look. */
    Optional<String> disturbance() {
        if (extent == Extent.NONE
                || refusal.isPresent()
                || !machine.currentThread().equals(thread)) {
            return Optional.empty();
        }
        NumaPolicy now = machine.threadPolicy();
        return now.meansTheSameAs(policy)
                ? Optional.empty()
                : Optional.of("the test's memory policy became " + now + " instead of " + policy);
    }
}
