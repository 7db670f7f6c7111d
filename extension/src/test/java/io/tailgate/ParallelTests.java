/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.tailgate.machine.FakeMachine;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;

/** In a parallel suite nothing runs beside a measured test. */
class ParallelTests {

    private static final AtomicInteger ORDINARY = new AtomicInteger();
    private static final AtomicInteger MOST_ORDINARY = new AtomicInteger();
    private static final AtomicInteger BESIDE_MEASURED = new AtomicInteger();

    @Test
    void keepsOrdinaryTestsAwayFromMeasuredOnes() {
        OnFakeMachine.machine = new FakeMachine();

        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(OrdinaryTestCase.class), selectClass(MeasuredTestCase.class))
                .configurationParameter("tailgate.output.dir", Engine.OUTPUT.toString())
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .execute()
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(20 + 2));

        assertThat(MOST_ORDINARY).hasValueGreaterThan(1); // else the suite was not parallel and shows nothing
        assertThat(BESIDE_MEASURED).hasValue(0);
    }

    static class OrdinaryTestCase {
        @RepeatedTest(20)
        void body() throws InterruptedException {
            MOST_ORDINARY.accumulateAndGet(ORDINARY.incrementAndGet(), Math::max);
            Thread.sleep(20);
            ORDINARY.decrementAndGet();
        }
    }

    @ExtendWith(OnFakeMachine.class)
    static class MeasuredTestCase {

        @Test
        @Sampling(iterations = 100, warmup = 1)
        void alone() {
            look();
        }

        @Test
        @MaxTailLatency(percentile = 90, atMost = "100 s", burst = 1)
        @MaxTailLatency(percentile = 50, atMost = "100 s", burst = 1)
        @Sampling(iterations = 100, warmup = 1)
        void aloneWithSeveralBounds() {
            look();
        }

        private static void look() {
            Work.spin(200_000);
            BESIDE_MEASURED.addAndGet(ORDINARY.get());
        }
    }
}
