/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.PlacementRequest;
import io.tailgate.plan.SamplingRequest;
import io.tailgate.plan.Settings;
import io.tailgate.plan.TestName;
import io.tailgate.plan.TestPlan;
import io.tailgate.plan.TestRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FreshJvmTests {

    private static final Duration TOOK = Duration.ofSeconds(10);

    @Test
    void givesThreeTimesWhatTheFirstRunTook() {
        assertThat(FreshJvm.limit(plan(null, 1_000), TOOK)).hasSeconds(120 + 30);
    }

    @Test
    void givesARunThatMayStopEarlyItsWholeTime() {
        assertThat(FreshJvm.limit(plan(null, 0), TOOK)).hasSeconds(120 + 30 + 45);
    }

    @Test
    void waitsForCpusAsTheTestMay() {
        PlacementRequest pinned =
                new PlacementRequest(-1, "", 0, MemoryPlacement.LOCAL, BalancingPlan.UNCHANGED, List.of());

        assertThat(FreshJvm.limit(plan(pinned, 1_000), TOOK)).hasSeconds(120 + 30 + 600);
    }

    private static TestPlan plan(@Nullable PlacementRequest place, int iterations) {
        SamplingRequest sampling = new SamplingRequest(iterations, 5, "45 s", "", 1);
        return new TestRequest(place, List.of(), sampling)
                .plan(new TestName("org.Book", "lookup", "lookup()"), "lookup", new Settings(key -> null, key -> null));
    }
}
