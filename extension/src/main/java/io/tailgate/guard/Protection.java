/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

import io.tailgate.machine.CpuSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What protected a test, read back from the machine at both ends of the measurement.
 *
 * @param reason why this tier and not a better one
 * @param balancingBefore {@code kernel.numa_balancing} as it was found, null where the kernel has none
 * @param balancingDuring as it was read back while the test ran, null where the kernel has none
 * @param hintFaults growth of the host's {@code numa_hint_faults} while measuring, -1 where it cannot be read
 * @param cpus the CPUs on which the test's thread was, read back; null where the machine cannot tell
 * @param pinned whether {@code @PinnedNuma} put it there
 * @param disturbance what changed under the test while it ran, null if nothing did; then no verdict can be trusted
 * @param quiet what became of each quiet setting that was asked for, in that order
 */
public record Protection(
        Tier tier,
        String reason,
        @Nullable String balancingBefore,
        @Nullable String balancingDuring,
        long hintFaults,
        @Nullable CpuSet cpus,
        boolean pinned,
        @Nullable String disturbance,
        List<QuietResult> quiet) {

    public Protection {
        quiet = List.copyOf(quiet);
    }
}
