/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tailgate.machine.CounterReader;
import io.tailgate.machine.CpuSet;
import io.tailgate.machine.FakeMachine;
import io.tailgate.measure.Measurement.WarmUp;
import io.tailgate.plan.ArrivalRate;
import io.tailgate.plan.SamplingPlan;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs of 100 ns an iteration on a machine where a read of the counters takes 300 ns: most iterations go without. */
class SparedReadsTests {

    private static final long ITERATION_NS = 100;
    private static final long READ_NS = 300;
    private static final long MS = 1_000_000;
    private static final WarmUp WARM_UP = new WarmUp(5, true, "five", ITERATION_NS, true);
    private static final int SLOW = 1_000;
    private static final int TO_KNOW_THE_COST = 302; // reads before the first iteration: of the thread, of the process

    private final ThreadLocal<long[]> clocks = ThreadLocal.withInitial(() -> new long[1]);
    private final AtomicInteger reads = new AtomicInteger();
    private final long[] totals = new long[CounterReader.FIELDS];
    private final FakeMachine machine = new FakeMachine();
    private int ran;

    SparedReadsTests() {
        machine.onReadOfCounters(() -> {
            reads.incrementAndGet();
            advance(READ_NS);
        });
    }

    @Test
    void areSixtyThreeIn64AndTheReportSaysSo() throws Throwable {
        Measurement measured = measure(fixed(64_000, 1), () -> advance(ITERATION_NS));
        assertThat(reads.get() - TO_KNOW_THE_COST).isBetween(1_000, 1_005);
        assertThat(measured.remarks())
                .singleElement()
                .asString()
                .startsWith("the counters were read once in 64 iterations")
                .contains("1,000 reads in 64,000", "takes 300 ns", "100 ns (median)");
    }

    @Test
    void leaveTheTotalsOfAFixedNumberExact() throws Throwable {
        Measurement measured = measure(fixed(1_001, 1), this::nowAndThenACheapFault);
        assertTotalsExact(measured);
    }

    @Test
    void leaveTheTotalsExactWhereTheTimeEndsARunOfSeveralChunks() throws Throwable {
        Measurement measured = measure(openEnded(Duration.ofMillis(4)), this::nowAndThenACheapFault);
        assertThat(measured.iterations()).isGreaterThan(30_000);
        assertTotalsExact(measured);
    }

    @Test
    void leaveTheTotalsExactWhereALookEndsTheRun() throws Throwable {
        Look sure = new Look() {
            @Override
            public boolean isSure(long[] latencyNsInOrder, Waits waits) {
                return latencyNsInOrder.length > 2_200;
            }

            @Override
            public double errorShare() {
                return 0.5;
            }
        };
        WarmUp long1Ms = new WarmUp(5, true, "five", MS, true);
        machine.onReadOfCounters(() -> advance(MS));
        Measurement measured = new IterationLoop(machine, Instruments.COUNTERS_ONLY, this::now)
                .measure(
                        openEnded(Duration.ofSeconds(10)),
                        () -> {
                            advance(MS);
                            grow(CounterReader.MINOR_FAULTS, ran++ % 50 == 49 ? 1 : 0);
                        },
                        long1Ms,
                        sure);
        assertThat(measured.stopping().sure()).isTrue();
        assertThat(measured.remarks()).anyMatch(remark -> remark.startsWith("the counters were read once in 64"));
        assertTotalsExact(measured);
    }

    @Test
    void giveASlowIterationItsOwnGrowths() throws Throwable {
        Measurement measured = measure(fixed(2_000, 1), () -> {
            advance(ITERATION_NS);
            if (ran++ == SLOW) {
                advance(50 * READ_NS);
                grow(CounterReader.MINOR_FAULTS, 7);
            }
        });
        assertThat(growths(measured, CounterReader.MINOR_FAULTS)).containsExactly(SLOW);
        assertThat(measured.counter(SLOW, CounterReader.MINOR_FAULTS)).isEqualTo(7);
    }

    @Test
    void doNotBlameOnASlowIterationWhatHappenedBetweenQuickOnes() throws Throwable {
        int interrupted = SLOW - 20;
        Measurement measured =
                measure(fixed(2_000, 1), () -> advance(ran++ == SLOW ? 50 * READ_NS : ITERATION_NS), happening(() -> {
                    if (ran == interrupted) {
                        advance(5 * READ_NS);
                        grow(CounterReader.INVOLUNTARY_SWITCHES, 1);
                    }
                }));
        assertThat(measured.latencyNs()[SLOW]).isEqualTo(50 * READ_NS);
        assertThat(growths(measured, CounterReader.INVOLUNTARY_SWITCHES)).containsExactly(interrupted);
    }

    @Test
    void letEveryWaitForACpuBeSeen() throws Throwable {
        machine.runDelay(OptionalLong.of(0));
        Measurement measured = measure(fixed(10_000, 1), () -> {
            advance(ITERATION_NS);
            if (++ran % 1_001 == 0) {
                advance(4 * MS);
                grow(CounterReader.INVOLUNTARY_SWITCHES, 1);
                machine.runDelay(OptionalLong.of(ran / 1_001L * 4 * MS));
            }
        });
        Waits waits = measured.noise().waits();
        assertThat(waits.iteration()).containsExactly(1_000, 2_001, 3_002, 4_003, 5_004, 6_005, 7_006, 8_007, 9_008);
        assertThat(waits.ns()).containsOnly(4 * MS - READ_NS); // so much of it may have been after the body
    }

    @Test
    void giveACollectionToTheIterationThatItStopped() throws Throwable {
        long[] collections = {0};
        Instruments instruments = new Instruments(null, () -> collections[0], Progress.NONE, null, true);
        Measurement measured = measure(
                fixed(2_000, 1),
                () -> {
                    advance(ITERATION_NS);
                    if (ran++ == SLOW) {
                        advance(MS);
                        collections[0]++;
                    }
                },
                instruments);
        assertThat(IntStream.range(0, 2_000).filter(i -> measured.gcCollections()[i] > 0))
                .containsExactly(SLOW);
    }

    @Test
    void areThereForEachOfSeveralCallers() throws Throwable {
        Instruments pinned = new Instruments(CpuSet.parse("2-4"), null, Progress.NONE, null, true);
        Measurement measured = measure(fixed(19_200, 3), () -> advance(ITERATION_NS), pinned);
        assertThat(measured.remarks()).singleElement().asString().contains("300 reads in 19,200");
    }

    @Test
    void areThereWhereABodyTimesMostOfItself() throws Throwable {
        PartTimer timer = new PartTimer(this::now);
        Measurement measured = measure(fixed(6_400, 1), () -> timed(timer, READ_NS / 2), parts(timer));
        assertThat(measured.latencyNs()).containsOnly(ITERATION_NS);
        assertThat(measured.remarks()).anyMatch(remark -> remark.contains("100 reads in 6,400"));
    }

    @Test
    void areNoneWhereAFaultFitsIntoWhatIsNotTimed() throws Throwable {
        PartTimer timer = new PartTimer(this::now);
        Measurement measured = measure(fixed(6_400, 1), () -> timed(timer, READ_NS), parts(timer));
        assertThat(measured.remarks()).anyMatch(remark -> remark.startsWith("reading the counters takes 300 ns after"));
        assertThat(reads.get()).isGreaterThan(6_400);
    }

    @Test
    void areNoneInAnOpenLoop() throws Throwable {
        SamplingPlan plan = new SamplingPlan(
                640, 0, Duration.ofSeconds(1), 1, "iterations", new ArrivalRate("1000000/s", 1_000, false, 1));
        Waiting waiting = new Waiting(
                () -> {
                    advance(1);
                    return now();
                },
                this::advance);
        Measurement measured = new IterationLoop(machine, Instruments.COUNTERS_ONLY, this::now, waiting)
                .measure(plan, () -> advance(ITERATION_NS), WARM_UP);
        assertThat(measured.iterations()).isEqualTo(640);
        assertThat(reads.get()).isGreaterThan(640);
    }

    @Test
    void changeNothingOfHowAnExceptionEndsARun() {
        assertThatIllegalStateException()
                .isThrownBy(() -> measure(fixed(2_000, 1), () -> {
                    advance(ITERATION_NS);
                    if (ran++ == SLOW) {
                        throw new IllegalStateException("the 1,001st");
                    }
                }))
                .withMessage("the 1,001st");
    }

    /** So cheap a fault as no kernel has: what is counted must not depend on its being seen. */
    private void nowAndThenACheapFault() {
        advance(ITERATION_NS);
        grow(CounterReader.MINOR_FAULTS, ran++ % 50 == 49 || ran == 1_001 ? 1 : 0);
    }

    private void timed(PartTimer timer, long untimedNs) {
        timer.start();
        advance(ITERATION_NS);
        timer.stop();
        advance(untimedNs);
    }

    private static Instruments parts(PartTimer timer) {
        return new Instruments(null, null, Progress.NONE, timer, true);
    }

    private static Instruments happening(Runnable afterEach) {
        BetweenIterations interruption = new BetweenIterations() {
            @Override
            public boolean isDue(long endNs) {
                afterEach.run();
                return false;
            }

            @Override
            public void run(Recording recording, long endNs) {}
        };
        return new Instruments(null, null, Progress.NONE, null, true, caller -> interruption, false, null);
    }

    private void assertTotalsExact(Measurement measured) {
        long counted = IntStream.range(0, measured.iterations())
                .mapToLong(i -> measured.counter(i, CounterReader.MINOR_FAULTS))
                .sum();
        assertThat(counted).isEqualTo(totals[CounterReader.MINOR_FAULTS]).isGreaterThan(10);
        assertThat(reads.get() - TO_KNOW_THE_COST).isLessThan(measured.iterations() / 10);
    }

    private static IntStream growths(Measurement measured, int field) {
        return IntStream.range(0, measured.iterations()).filter(i -> measured.counter(i, field) > 0);
    }

    private void grow(int field, int by) {
        totals[field] += by;
        machine.counters(totals[0], totals[1], totals[2], totals[3]);
    }

    private long now() {
        return clocks.get()[0];
    }

    private void advance(long ns) {
        clocks.get()[0] += ns;
    }

    private Measurement measure(SamplingPlan plan, Body body) throws Throwable {
        return measure(plan, body, Instruments.COUNTERS_ONLY);
    }

    private Measurement measure(SamplingPlan plan, Body body, Instruments instruments) throws Throwable {
        return new IterationLoop(machine, instruments, this::now).measure(plan, body, WARM_UP);
    }

    private static SamplingPlan fixed(int iterations, int threads) {
        return new SamplingPlan(iterations, 0, SamplingPlan.NO_LIMIT, threads);
    }

    private static SamplingPlan openEnded(Duration atMost) {
        return new SamplingPlan(0, 0, atMost, 1);
    }
}
