/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.explain;

import org.jspecify.annotations.Nullable;

/**
 * What is known of automatic NUMA balancing while the test was measured.
 *
 * @param balancingDuring {@code kernel.numa_balancing} then, null where the kernel has none
 * @param hintFaults growth of the host's {@code numa_hint_faults} meanwhile, -1 where it cannot be read
 * @param shielded whether (nearly) all memory of this process had a policy that balancing leaves alone
 */
public record BalancingEvidence(@Nullable String balancingDuring, long hintFaults, boolean shielded) {

    /** The value is a bit mask: any other than 0 is on. */
    boolean wasOn() {
        return balancingDuring != null && !balancingDuring.strip().equals("0");
    }
}
