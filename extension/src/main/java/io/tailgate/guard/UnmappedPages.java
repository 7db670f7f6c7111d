/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CounterReader;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.PagesRead;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Pages that automatic NUMA balancing took out of the page tables to see who uses them.
 *
 * <p>Keeping it away takes no more of them, and gives none back: each that was taken before still faults once. So each is
 * made to, before measuring starts.
 */
final class UnmappedPages {

    private static final String OFF = "0";
    private static final long MOST_NS = TimeUnit.SECONDS.toNanos(2);

    private final Machine machine;
    private long mapped;
    private boolean areMapped;
    private @Nullable String shortfall;

    UnmappedPages(Machine machine) {
        this.machine = machine;
    }

    /** Says whether there may be any where balancing is kept away now. */
    static boolean mayBeLeft(Protection protection, Machine machine) {
        String before = protection.balancingBefore();
        boolean keptAway = protection.tier() == Tier.SYSCTL || protection.tier() == Tier.POLICY_SWEEP;
        return keptAway && before != null && !before.equals(OFF) && everTaken(machine);
    }

    private static boolean everTaken(Machine machine) {
        try {
            return machine.numaPteUpdates().orElse(1) > 0;
        } catch (MachineException e) {
            return true; // whoever cannot read it must settle to be sure
        }
    }

    /** Has the kernel map them again, as far as that is possible and takes no more than {@value #MOST_NS} ns. */
    void mapAgain() {
        try {
            OptionalLong hintsBefore = machine.numaHintFaults();
            long faultsBefore = minorFaults();
            PagesRead read = machine.shield().mapAgain(MOST_NS);
            long faults = minorFaults() - faultsBefore;
            OptionalLong hints = machine.numaHintFaults();
            mapped += hints.isPresent() && hintsBefore.isPresent()
                    ? Math.min(faults, hints.getAsLong() - hintsBefore.getAsLong())
                    : faults;
            areMapped = read.all();
            shortfall = areMapped ? null : tooMany(read.pages());
        } catch (MachineException e) {
            areMapped = false;
            shortfall = "not all pages that it had unmapped were mapped again: " + e.getMessage();
        }
    }

    private static String tooMany(long pages) {
        return String.format(
                Locale.ROOT,
                "of the pages that it had unmapped only those among the first %,d were mapped again within %d s",
                pages,
                TimeUnit.NANOSECONDS.toSeconds(MOST_NS));
    }

    private long minorFaults() {
        long[] counters = new long[CounterReader.FIELDS];
        machine.counters().readThread(counters, 0);
        return counters[CounterReader.MINOR_FAULTS];
    }

    /** Says whether all are mapped again that were unmapped when that was done last. */
    boolean areMapped() {
        return areMapped;
    }

    /** Returns how many were mapped again, at most, and what kept others from it, to be joined to words before it. */
    String words() {
        String done = String.format(Locale.ROOT, "; pages that it had unmapped were mapped again: up to %,d", mapped);
        return (mapped == 0 ? "" : done) + (shortfall == null ? "" : "; " + shortfall);
    }
}
