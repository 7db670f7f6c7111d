/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.plan.SamplingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a reader of an open loop must know: that it could not be kept, or was not run to its end. */
final class OpenLoopRemarks {

    private OpenLoopRemarks() {}

    static List<String> of(SamplingPlan plan, OpenLoop loop) {
        List<String> remarks = new ArrayList<>();
        if (loop.utilisation() >= 1) {
            remarks.add(overload(plan, loop));
        }
        if (loop.notRun() > 0) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "%,d iterations that were due were not run, because the backlog of %,d was not done in another %s"
                            + " after the time for measuring; had they been, they would be the slowest, so this cannot"
                            + " be a PASS",
                    loop.notRun(),
                    loop.notRun() + loop.iterations(),
                    plan.atMost()));
        }
        return remarks;
    }

    private static String overload(SamplingPlan plan, OpenLoop loop) {
        return String.format(
                Locale.ROOT,
                "the rate cannot be kept: at %s the %s utilised by %.0f %%, since an iteration takes %,.1f us on average;"
                        + " response times grow as long as the run lasts; at most %,.1f/s can be served, or use more"
                        + " threads",
                loop.rate().text(),
                plan.threads() == 1 ? "caller is" : plan.threads() + " callers are",
                100 * loop.utilisation(),
                Arrays.stream(loop.serviceNs()).average().orElse(0) / 1e3,
                loop.rate().perSecond() / loop.utilisation());
    }
}
