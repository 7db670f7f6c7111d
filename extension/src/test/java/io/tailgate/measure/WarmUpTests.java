/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.FakeMachine;
import io.tailgate.measure.Measurement.WarmUp;
import io.tailgate.plan.SamplingPlan;
import java.time.Duration;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class WarmUpTests {

    private static final long MS = 1_000_000;

    private final FakeMachine machine = new FakeMachine();
    private final FakeClock clock = new FakeClock();
    private long ran;
    private long faults;

    @Test
    void aFixedNumberIsRunExactly() throws Throwable {
        WarmUp warmup = warmUp(10_000, Duration.ofSeconds(30), i -> i <= 5_000 ? 5 * MS : MS);
        assertThat(ran).isEqualTo(10_000);
        assertThat(warmup.iterations()).isEqualTo(10_000);
        assertThat(warmup.steady()).isTrue();
        assertThat(warmup.description()).isEqualTo("10,000 iterations, as asked");
        assertThat(warmup.medianNs()).isEqualTo(MS);
    }

    @Test
    void noneIsNone() throws Throwable {
        assertThat(warmUp(0, Duration.ofSeconds(30), i -> MS).iterations()).isZero();
        assertThat(ran).isZero();
    }

    @Test
    void aSteadyBodyNeedsTwoWindows() throws Throwable {
        WarmUp warmup = untilSteady(i -> MS);
        assertThat(warmup.steady()).isTrue();
        assertThat(warmup.iterations()).isEqualTo(300).isEqualTo(ran); // 100 ms and 200 ms
        assertThat(warmup.medianNs()).isEqualTo(MS);
        assertThat(warmup.description()).contains("steady after 300 iterations", "n = 100 and 200", "1,000.0");
    }

    @Test
    void aLongBodyNeedsFiveIterationsAWindow() throws Throwable {
        assertThat(untilSteady(i -> 500 * MS).iterations()).isEqualTo(10);
    }

    @Test
    void aBodyThatIsStillBeingCompiledGoesOn() throws Throwable {
        WarmUp warmup = untilSteady(i -> i <= 40 ? 4 * MS : MS);
        assertThat(warmup.steady()).isTrue();
        assertThat(warmup.medianNs()).isEqualTo(MS);
        assertThat(ran).isEqualTo(25 + 155 + 400);
    }

    @Test
    void faultsThatHaveNotSettledKeepASteadyLatencyFromBeingSteady() throws Throwable {
        WarmUp settled = untilSteady(i -> {
            faults += i <= 200 ? 50 : 0; // pages that were marked before balancing went off
            return MS;
        });
        assertThat(settled.steady()).isTrue();
        assertThat(settled.iterations()).isEqualTo(100 + 200 + 400 + 800);
        assertThat(settled.description()).contains("0.0 and 0.0 an iteration");
    }

    @Test
    void aConstantRateOfFaultsIsSteady() throws Throwable {
        WarmUp warmup = untilSteady(i -> {
            faults += 50;
            return MS;
        });
        assertThat(warmup.iterations()).isEqualTo(300);
    }

    @Test
    void neverSteadyEndsInTimeAndSaysWhatWasSeen() throws Throwable {
        WarmUp warmup = untilSteady(i -> MS + i * MS / 100);
        assertThat(warmup.steady()).isFalse();
        assertThat(warmup.description()).contains("not steady within 10.0 s", "medians were");
        assertThat(warmup.iterations()).isEqualTo(ran).isGreaterThan(100);
    }

    @Test
    void takesNoMoreThanAThirdOfAShortMeasurement() throws Throwable {
        WarmUp warmup = warmUp(SamplingPlan.UNTIL_STEADY, Duration.ofMillis(300), i -> 30 * MS);
        assertThat(warmup.steady()).isFalse();
        assertThat(ran).isEqualTo(4); // of which the fourth is the first after 100 ms
        assertThat(warmup.description()).contains("too few for two windows");
    }

    private WarmUp untilSteady(LongUnaryOperator latency) throws Throwable {
        return warmUp(SamplingPlan.UNTIL_STEADY, Duration.ofSeconds(30), latency);
    }

    private WarmUp warmUp(int iterations, Duration atMost, LongUnaryOperator latency) throws Throwable {
        IterationLoop loop = new IterationLoop(machine, Instruments.COUNTERS_ONLY, clock);
        return loop.warmUp(new SamplingPlan(0, iterations, atMost, 1), () -> {
            clock.advance(latency.applyAsLong(++ran));
            machine.counters(faults, 0, 0, 0);
        });
    }
}
