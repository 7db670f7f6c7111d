/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailgate.machine.CounterReader;
import io.tailgate.machine.FakeMachine;
import io.tailgate.measure.Measurement.Scope;
import io.tailgate.measure.Measurement.WarmUp;
import io.tailgate.plan.SamplingPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IterationLoopTests {

    private static final WarmUp NO_WARM_UP = new WarmUp(0, true, "none", 0, true);
    private static final long MS = 1_000_000;

    private final FakeMachine machine = new FakeMachine();
    private final FakeClock clock = new FakeClock();
    private final AtomicInteger ran = new AtomicInteger();

    @Test
    void runsAFixedNumberAndKeepsEachLatencyInItsOrder() throws Throwable {
        Measurement measured = measure(fixed(5), () -> clock.advance(ran.incrementAndGet() * MS));
        assertThat(measured.latencyNs()).containsExactly(1 * MS, 2 * MS, 3 * MS, 4 * MS, 5 * MS);
        assertThat(measured.histogram().getTotalCount()).isEqualTo(5);
        assertThat(measured.histogram().getMaxValue()).isBetween(5 * MS, 5 * MS + 5 * MS / 1000);
        assertThat(measured.remarks()).isEmpty();
        assertThat(measured.endEpochMs()).isGreaterThanOrEqualTo(measured.startEpochMs());
    }

    @Test
    void givesEachIterationTheGrowthOfItsOwnCounters() throws Throwable {
        machine.counters(100, 100, 100, 100);
        Measurement measured = measure(fixed(3), () -> {
            int i = ran.incrementAndGet();
            clock.advance(MS);
            machine.counters(100 + i * i, 100 + i, 100, 100 + 2 * i);
        });
        assertThat(measured.counters()).containsExactly(1, 1, 0, 2, 3, 1, 0, 2, 5, 1, 0, 2);
        assertThat(measured.counter(2, CounterReader.MINOR_FAULTS)).isEqualTo(5);
    }

    @Test
    void givesEachIterationTheCollectionsThatEndedInIt() throws Throwable {
        long[] collections = {7};
        Instruments instruments = new Instruments(null, () -> collections[0], Progress.NONE, null, true);
        Measurement measured = loop(instruments)
                .measure(fixed(3), () -> collections[0] += ran.incrementAndGet() == 2 ? 2 : 0, NO_WARM_UP);
        assertThat(measured.gcCollections()).containsExactly(0, 2, 0);
        assertThat(measure(fixed(3), () -> {}).gcCollections()).isEmpty();
    }

    @Test
    void readsNoCounterOfAMachineThatHasNone() throws Throwable {
        machine.unsupported("not Linux");
        IterationLoop loop = loop(Instruments.NONE);
        WarmUp warmup = loop.warmUp(new SamplingPlan(3, -1, Duration.ofSeconds(30), 1), () -> clock.advance(MS));
        Measurement measured = loop.measure(fixed(3), () -> clock.advance(MS), warmup);
        assertThat(measured.hasCounters()).isFalse();
        assertThat(measured.remarks()).isEmpty();
        assertThat(measured.iterations()).isEqualTo(3);
    }

    @Test
    void anOpenEndedRunLastsAsLongAsItMay() throws Throwable {
        Measurement measured = measure(plan(0, Duration.ofSeconds(30)), () -> clock.advance(MS));
        assertThat(measured.iterations()).isEqualTo(30_000); // more than one chunk
        assertThat(measured.counters()).hasSize(30_000 * CounterReader.FIELDS);
        assertThat(measured.latencyNs()).containsOnly(MS);
        assertThat(measured.remarks()).isEmpty();
    }

    @Test
    void runsOnceEvenIfThatTakesTooLong() throws Throwable {
        assertThat(measure(plan(0, Duration.ofSeconds(1)), () -> clock.advance(5_000 * MS))
                        .iterations())
                .isOne();
    }

    @Test
    void aFixedNumberThatRunsOutOfTimeIsCutShortAndSaysSo() throws Throwable {
        Measurement measured = measure(plan(1_000, Duration.ofMillis(10)), () -> clock.advance(MS));
        assertThat(measured.iterations()).isEqualTo(10);
        assertThat(measured.counters()).hasSize(10 * CounterReader.FIELDS);
        assertThat(measured.remarks()).singleElement().asString().contains("10 of 1,000", "PT0.01S");
    }

    @Test
    void moreIterationsThanAreKeptAreAnErrorBeforeTheFirst() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measure(fixed(10_000_001), ran::incrementAndGet))
                .withMessageContaining("10000001");
        assertThat(ran).hasValue(0);
    }

    @Test
    void anExceptionOfTheBodyEndsTheRunUnchanged() {
        Exception thrown = new Exception("third");
        assertThatThrownBy(() -> measure(fixed(10), () -> {
                    if (ran.incrementAndGet() == 3) {
                        throw thrown;
                    }
                }))
                .isSameAs(thrown)
                .hasNoSuppressedExceptions();
        assertThat(ran).hasValue(3);
    }

    @Test
    void anInterruptEndsTheRun() {
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> measure(fixed(10), () -> {
                    if (ran.incrementAndGet() == 4) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .withMessageContaining("4 iterations");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void progressIsToldOnceASecond() throws Throwable {
        List<String> told = new ArrayList<>();
        Progress progress = (iterations, of, elapsed) -> told.add(iterations + "/" + of + " " + elapsed);
        loop(new Instruments(null, null, progress, null, true))
                .measure(fixed(10), () -> clock.advance(400 * MS), NO_WARM_UP);
        assertThat(told).containsExactly("3/10 PT1.2S", "6/10 PT2.4S", "9/10 PT3.6S");
    }

    @Nested
    class CounterScope {

        @Test
        void isTheProcessWhereIterationsAreLongEnough() {
            assertThat(IterationLoop.scopeOf(400_001, 2_000)).isEqualTo(Scope.PROCESS);
            assertThat(IterationLoop.scopeOf(399_999, 2_000)).isEqualTo(Scope.THREAD);
            assertThat(IterationLoop.scopeOf(0, 0)).isEqualTo(Scope.THREAD);
        }

        @Test
        void followsFromTheWarmUp() throws Throwable {
            WarmUp slow = new WarmUp(5, true, "five", MS, true);
            assertThat(loop(Instruments.COUNTERS_ONLY)
                            .measure(fixed(1), () -> {}, slow)
                            .scope())
                    .isEqualTo(Scope.PROCESS);
            assertThat(measure(fixed(1), () -> {}).scope()).isEqualTo(Scope.THREAD);
        }

        @Test
        void costIsTheMedianOfAFewReads() {
            AtomicInteger reads = new AtomicInteger();
            CounterReader reader = new CounterReader() {
                @Override
                public void readThread(long[] counters, int offset) {
                    clock.advance(reads.incrementAndGet() % 10 == 0 ? 50_000 : 500); // preempted now and then
                }

                @Override
                public void readProcess(long[] counters, int offset) {
                    clock.advance(2_000);
                }

                @Override
                public long othersCpuNs() {
                    return 0;
                }
            };
            assertThat(new CounterSource(reader, Scope.THREAD).costNs(clock)).isEqualTo(500);
            assertThat(new CounterSource(reader, Scope.PROCESS).costNs(clock)).isEqualTo(2_000);
        }

        @Test
        void countersThatAreDearBesideTheIterationAreRemarked() {
            assertThat(remarksOnReads(20_000, 500)).singleElement().asString().contains("500 ns", "20,000 ns", "3 %");
            assertThat(remarksOnReads(25_000, 500)).isEmpty();
        }
    }

    private static List<String> remarksOnReads(long medianNs, long readNs) {
        Recording recording = Recording.ofExactly(1, true);
        recording.add(0, medianNs);
        recording.addCounters(new long[CounterReader.FIELDS], new long[CounterReader.FIELDS], 0);
        List<String> remarks = new ArrayList<>();
        Remarks.addReads(remarks, List.of(recording), medianNs, readNs);
        return remarks;
    }

    private Measurement measure(SamplingPlan plan, Body body) throws Throwable {
        return loop(Instruments.COUNTERS_ONLY).measure(plan, body, NO_WARM_UP);
    }

    private IterationLoop loop(Instruments instruments) {
        return new IterationLoop(machine, instruments, clock);
    }

    private static SamplingPlan fixed(int iterations) {
        return plan(iterations, SamplingPlan.NO_LIMIT);
    }

    private static SamplingPlan plan(int iterations, Duration atMost) {
        return new SamplingPlan(iterations, 0, atMost, 1);
    }
}
