/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.machine.PageCount;
import java.util.Optional;

/** How much of the process's memory has a memory policy, as read back from the page tables. */
final class PolicyCoverage {

    /** Mappings that appear after the sweep have no policy; so much of the memory may be theirs. */
    private static final double LARGEST_UNSHIELDED_SHARE = 0.05;

    private final Optional<PageCount> pages;
    private final String words;

    private PolicyCoverage(Optional<PageCount> pages, String words) {
        this.pages = pages;
        this.words = words;
    }

    /** Reads what has no policy of its own as having that of thread {@code scanner}. */
    static PolicyCoverage read(Machine machine, int scanner) {
        try {
            PageCount count = machine.shield().pages(scanner);
            long all = count.withPolicy() + count.withoutPolicy();
            return new PolicyCoverage(
                    Optional.of(count),
                    count.withPolicy() + " of " + all + " pages that may be scanned have a memory policy");
        } catch (MachineException e) {
            return new PolicyCoverage(
                    Optional.empty(), "which pages have a memory policy could not be read: " + e.getMessage());
        }
    }

    /** Says whether automatic NUMA balancing leaves (nearly) all of the process's memory alone. */
    boolean shields() {
        return pages.filter(count -> count.withPolicy() > 0)
                .filter(count -> count.withoutPolicy()
                        <= LARGEST_UNSHIELDED_SHARE * (count.withPolicy() + count.withoutPolicy()))
                .isPresent();
    }

    @Override
    public String toString() {
        return words;
    }
}
