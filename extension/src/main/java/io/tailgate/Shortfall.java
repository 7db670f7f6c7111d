/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.guard.Protection;
import io.tailgate.guard.Tier;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.Placement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a test asked of the machine and did not get. */
final class Shortfall {

    private Shortfall() {}

    /** Returns it in words, empty where nothing was asked for or all was had. */
    static Optional<String> of(@Nullable Placement asked, Protection got) {
        if (asked == null) {
            return Optional.empty();
        }
        if (!got.pinned()) {
            return Optional.of("the test could not be pinned: " + got.reason());
        }
        if (got.balancingBefore() == null) {
            return Optional.empty(); // this kernel has no NUMA balancing to be protected from
        }
        return isEnough(asked.balancing(), got.tier())
                ? Optional.empty()
                : Optional.of("numaBalancing = " + asked.balancing() + " was asked for and only the protection "
                        + got.tier() + " was had: " + got.reason());
    }

    private static boolean isEnough(BalancingPlan asked, Tier got) {
        return switch (asked) {
            case OFF -> got == Tier.SYSCTL || got == Tier.POLICY_PROCESS;
            case SHIELDED -> got != Tier.OBSERVE_ONLY;
            case UNCHANGED -> true;
        };
    }
}
