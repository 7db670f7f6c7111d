/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static java.util.stream.Collectors.joining;

import io.tailgate.guard.Protection;
import io.tailgate.guard.QuietResult;
import io.tailgate.guard.QuietResult.Had;
import io.tailgate.guard.Tier;
import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.Placement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
        String all = Stream.of(balancing(asked.balancing(), got), quiet(got.quiet()))
                .flatMap(Optional::stream)
                .collect(joining("; "));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    private static Optional<String> balancing(BalancingPlan asked, Protection got) {
        boolean hasNone = got.balancingBefore() == null; // this kernel has no NUMA balancing to be protected from
        return hasNone || isEnough(asked, got.tier())
                ? Optional.empty()
                : Optional.of("numaBalancing = " + asked + " was asked for and only the protection " + got.tier()
                        + " was had: " + got.reason());
    }

    private static Optional<String> quiet(List<QuietResult> results) {
        List<QuietResult> missed =
                results.stream().filter(result -> result.had() != Had.YES).toList();
        return missed.isEmpty() ? Optional.empty() : Optional.of("quiet " + QuietResult.inOneLine(missed));
    }

    private static boolean isEnough(BalancingPlan asked, Tier got) {
        return switch (asked) {
            case OFF -> got == Tier.SYSCTL || got == Tier.POLICY_PROCESS;
            case SHIELDED -> got != Tier.OBSERVE_ONLY;
            case UNCHANGED -> true;
        };
    }
}
