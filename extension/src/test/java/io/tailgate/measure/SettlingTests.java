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
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class SettlingTests {

    private static final long US = 1_000;
    private static final long MS = 1_000 * US;
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private final FakeMachine machine = new FakeMachine();
    private final FakeClock clock = new FakeClock();
    private LongUnaryOperator faultsOf = i -> 0;
    private LongUnaryOperator hintFaultsOf = i -> 0;
    private boolean countingHints = true;
    private long latencyNs = MS;
    private long ran;
    private long faults;
    private long hintFaults;

    @Test
    void runsNothingMoreIfTheWarmUpEndedWithoutFaults() throws Throwable {
        unmappedUntil(4);

        WarmUp settled = settle(100, 10, HALF_A_MINUTE);

        assertThat(ran).isEqualTo(10);
        assertThat(settled.settled()).isTrue();
        assertThat(settled.remarks()).isEmpty();
        assertThat(settled.description()).isEqualTo("10 iterations, as asked");
    }

    @Test
    void goesOnUntilAPassHasNoFaults() throws Throwable {
        unmappedUntil(25);

        WarmUp settled = settle(100, 2, HALF_A_MINUTE);

        assertThat(settled.iterations()).isEqualTo(ran).isEqualTo(2 + 4 * 10); // passes of a tenth of 100
        assertThat(settled.settled()).isTrue();
        assertThat(settled.description())
                .isEqualTo("2 iterations, as asked; then 40 iterations in 4 passes until minor faults had settled:"
                        + " 5,000.0, 5,000.0, 1,500.0, 0.0 an iteration");
        assertThat(settled.remarks()).singleElement().asString().contains("after warmup = 2", "another 40 iterations");
    }

    @Test
    void triesOnePassWithoutAWarmUpAndSaysSo() throws Throwable {
        WarmUp settled = settle(1_000, 0, HALF_A_MINUTE);

        assertThat(ran).isEqualTo(100);
        assertThat(settled.medianNs()).isEqualTo(MS);
        assertThat(settled.remarks()).singleElement().asString().contains("after warmup = 0", "another 100 iterations");
    }

    @Test
    void hasNothingToRemarkWhereHowLongToWarmUpWasLeftToIt() throws Throwable {
        unmappedUntil(320); // as many in each window of the warm-up: steady

        WarmUp settled = settle(0, SamplingPlan.UNTIL_STEADY, HALF_A_MINUTE);

        assertThat(settled.settled()).isTrue();
        assertThat(settled.remarks()).isEmpty();
        assertThat(settled.description()).contains("steady after 300 iterations", "then 200 iterations in 2 passes");
    }

    @Test
    void leavesABodyAloneThatRunsOnce() throws Throwable {
        unmappedUntil(100);

        assertThat(settle(1, 0, HALF_A_MINUTE).settled()).isFalse();

        assertThat(ran).isZero();
    }

    @Test
    void leavesABodyAloneWhoseFaultsCannotBeCounted() throws Throwable {
        SamplingPlan plan = new SamplingPlan(100, 0, HALF_A_MINUTE, 1);
        IterationLoop loop = new IterationLoop(machine, Instruments.NONE, clock);

        loop.settle(plan, this::iterate, loop.warmUp(plan, this::iterate));

        assertThat(ran).isZero();
    }

    @Test
    void takesFaultsThatBalancingDidNotCauseForTheBodysOwn() throws Throwable {
        faultsOf = i -> 500;

        WarmUp settled = settle(100, 10, HALF_A_MINUTE);

        assertThat(settled.settled()).isTrue();
        assertThat(settled.description()).contains("10 iterations in 1 pass until minor faults had settled: 500.0");
    }

    @Test
    void takesALevelOfFaultsForTheBodysOwnWhileOthersOnTheHostKeepFaulting() throws Throwable {
        faultsOf = i -> i <= 15 ? 2_000 : 500;
        hintFaultsOf = i -> 5_000;

        WarmUp settled = settle(100, 10, HALF_A_MINUTE);

        assertThat(settled.settled()).isTrue();
        assertThat(settled.description())
                .contains("60 iterations in 6 passes until minor faults were level: 1,250.0, ..., 500.0");
    }

    @Test
    void countsMinorFaultsAloneWhereTheHostCountsNoHintingFaults() throws Throwable {
        faultsOf = i -> 500;
        countingHints = false;
        machine.hintFaults(OptionalLong.empty());

        assertThat(settle(100, 10, HALF_A_MINUTE).description()).contains("5 passes until minor faults were level");
    }

    @Test
    void saysWithNumbersThatFaultsNeverSettle() throws Throwable {
        faultsOf = i -> 100_000 / i;
        hintFaultsOf = faultsOf;

        WarmUp settled = settle(0, 10, Duration.ofSeconds(3));

        assertThat(settled.settled()).isFalse();
        assertThat(ran).isEqualTo(10 + 500); // 3 s / 6
        assertThat(settled.remarks())
                .singleElement()
                .asString()
                .contains(
                        "did not settle within 0.5 s: ", "500 iterations in 5 passes", "up to 217.5", "longer warm-up");
    }

    @Test
    void runsNoMoreThanIsMeasured() throws Throwable {
        faultsOf = i -> 10_000_000 / i;
        hintFaultsOf = faultsOf;

        WarmUp unsettled = settle(50, 10, HALF_A_MINUTE);
        assertThat(unsettled.settled()).isFalse();
        assertThat(unsettled.remarks()).singleElement().asString().contains("as many iterations as are measured, 50");

        assertThat(ran).isEqualTo(10 + 50);
    }

    @Test
    void allowsABodyOfSecondsASecondPass() throws Throwable {
        latencyNs = 5_000 * MS;
        faultsOf = i -> i == 1 ? 1_000_000 : 0;
        hintFaultsOf = faultsOf;

        WarmUp settled = settle(20, 0, SamplingPlan.NO_LIMIT);

        assertThat(ran).isEqualTo(2); // of one iteration each
        assertThat(settled.settled()).isTrue();
    }

    @Test
    void givesABodyOfAMicrosecondPassesOfATenthOfASecond() throws Throwable {
        latencyNs = US;
        unmappedUntil(150_000);

        WarmUp settled = settle(0, 0, HALF_A_MINUTE);

        assertThat(ran).isEqualTo(300_000);
        assertThat(settled.settled()).isTrue();
    }

    @Test
    void settlesWithAllCallersAtOnce() throws Throwable {
        SamplingPlan plan = new SamplingPlan(100, 0, HALF_A_MINUTE, 2);
        AtomicInteger calls = new AtomicInteger();
        IterationLoop loop = new IterationLoop(new FakeMachine(), twoCallers(), new SystemNanoClock());
        Body body = calls::incrementAndGet;

        WarmUp settled = loop.settle(plan, body, loop.warmUp(plan, body));

        assertThat(settled.iterations()).isEqualTo(calls.get()).isEqualTo(10); // a tenth, between both
        assertThat(settled.settled()).isTrue();
    }

    private static Instruments twoCallers() {
        return new Instruments(new FakeMachine().affinity(), null, Progress.NONE, null, true);
    }

    private void unmappedUntil(long last) {
        faultsOf = i -> i <= last ? 5_000 : 0;
        hintFaultsOf = faultsOf;
    }

    private WarmUp settle(int iterations, int warmup, Duration atMost) throws Throwable {
        SamplingPlan plan = new SamplingPlan(iterations, warmup, atMost, 1);
        IterationLoop loop = new IterationLoop(machine, Instruments.COUNTERS_ONLY, clock);
        return loop.settle(plan, this::iterate, loop.warmUp(plan, this::iterate));
    }

    private void iterate() {
        ran++;
        clock.advance(latencyNs);
        faults += faultsOf.applyAsLong(ran);
        machine.counters(faults, 0, 0, 0);
        if (countingHints) {
            hintFaults += hintFaultsOf.applyAsLong(ran);
            machine.hintFaults(OptionalLong.of(hintFaults));
        }
    }
}
