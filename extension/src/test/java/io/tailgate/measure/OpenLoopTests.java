/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tailgate.machine.FakeMachine;
import io.tailgate.measure.Measurement.WarmUp;
import io.tailgate.plan.ArrivalRate;
import io.tailgate.plan.SamplingPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Open loops on a clock that moves by the body's time and by what is waited, and by 1 ns whenever it is read. */
@Timeout(60)
class OpenLoopTests {

    private static final WarmUp NO_WARM_UP = new WarmUp(0, true, "none", 0, true);
    private static final long MS = 1_000_000;
    private static final long READS = 1_000; // the clock is read less often in an iteration

    private final FakeMachine machine = new FakeMachine();
    private final FakeClock clock = new FakeClock();
    private final AtomicInteger ran = new AtomicInteger();
    private final List<Long> starts = new ArrayList<>();

    @Test
    void beginsIterationsWhenTheyAreDue() throws Throwable {
        Measurement measured = measure(plan(5, "20/s", 50), () -> took(3));
        assertThat(gaps()).allSatisfy(gap -> assertThat(gap).isBetween(50 * MS - READS, 50 * MS + READS));
        assertThat(boxed(measured.latencyNs())).allSatisfy(ns -> assertThat(ns).isBetween(3 * MS, 3 * MS + READS));
        assertThat(measured.remarks()).isEmpty();
        OpenLoop loop = loop(measured);
        assertThat(loop.delayed(measured.latencyNs())).isZero();
        assertThat(loop.utilisation()).isBetween(0.06, 0.0601);
        assertThat(loop.notRun()).isZero();
    }

    @Test
    void runsAllThatIsDueInTheTime() throws Throwable {
        assertThat(measure(plan(0, "20/s", 50), () -> took(3)).iterations()).isEqualTo(200);
        assertThat(measure(plan(0, "20/s poisson", 50), () -> took(3)).iterations())
                .isBetween(150, 250);
    }

    @Test
    void makesAFreezeInTheBodySeenByEveryIterationThatWasDueMeanwhile() throws Throwable {
        Measurement measured = measure(plan(100, "20/s", 50), () -> took(ran.incrementAndGet() == 11 ? 2_000 : 1));
        long[] slow = Arrays.stream(measured.latencyNs())
                .filter(ns -> ns > 2 * MS)
                .map(ns -> ns / MS)
                .toArray();
        assertThat(slow)
                .isEqualTo(
                        LongStream.rangeClosed(0, 40).map(i -> 2_000 - 49 * i).toArray());
        assertThat(loop(measured).delayed(measured.latencyNs())).isEqualTo(40); // all but the frozen one
        assertThat(Arrays.stream(loop(measured).serviceNs())
                        .filter(ns -> ns > 2 * MS)
                        .count())
                .isOne();
        assertThat(boxed(loop(measured).lagNs())).allMatch(ns -> ns < READS);
    }

    @Test
    void neverMovesTheScheduleWithAFrozenGenerator() throws Throwable {
        Waiting frozen = new Waiting(this::tick, ns -> clock.advance(starts.size() == 10 ? 2_000 * MS : ns));
        Measurement measured =
                loop(frozen, Instruments.COUNTERS_ONLY).measure(plan(100, "20/s", 50), () -> took(1), NO_WARM_UP);
        assertThat(Arrays.stream(measured.latencyNs()).max().orElseThrow()).isBetween(1_950 * MS, 2_000 * MS);
        assertThat(loop(measured).delayed(measured.latencyNs())).isBetween(38, 41);
        assertThat(Arrays.stream(loop(measured).lagNs()).filter(ns -> ns > MS)).hasSize(1);
        long[] prompt = loop(measured).promptNs(i -> 0, loop(measured).serviceNs());
        assertThat(boxed(prompt)).allSatisfy(ns -> assertThat(ns).isBetween(MS, MS + READS));
        long first = measured.latencyNs()[10];
        assertThat(loop(measured)
                        .promptNs(i -> loop(measured).lagNs()[i], loop(measured).serviceNs())[10])
                .isBetween(first - READS, first + READS);
    }

    @Test
    void growsAndSaysSoWhereTheRateCannotBeKept() throws Throwable {
        Measurement measured = measure(plan(0, "20/s", 50), () -> took(75));
        assertThat(measured.iterations()).isEqualTo(200);
        assertThat(measured.latencyNs()).isSorted();
        assertThat(measured.latencyNs()[199]).isBetween((75 + 199 * 25) * MS, (75 + 199 * 25) * MS + 200 * READS);
        assertThat(measured.remarks())
                .singleElement()
                .asString()
                .contains("at 20/s the caller is utilised by 150 %", "75,000.", "at most 13.3/s can be served");
    }

    @Test
    void doesNotDropABacklogSilently() throws Throwable {
        Measurement measured = measure(plan(0, "20/s", 50), () -> took(250));
        assertThat(measured.iterations()).isEqualTo(80); // in 20 s
        assertThat(loop(measured).notRun()).isEqualTo(120);
        assertThat(measured.remarks())
                .hasSize(2)
                .last()
                .asString()
                .contains("120 iterations that were due were not run", "backlog of 200", "PT10S");
    }

    @Test
    void countsNothingOfTheWait() throws Throwable {
        machine.counters(0, 0, 0, 0);
        Waiting waiting = new Waiting(this::tick, ns -> {
            clock.advance(ns);
            machine.counters(0, 0, 1_000 + starts.size(), 0); // parking is a voluntary switch
        });
        Measurement measured =
                loop(waiting, Instruments.COUNTERS_ONLY).measure(plan(5, "20/s", 50), () -> took(1), NO_WARM_UP);
        assertThat(measured.counters()).containsOnly(0);
    }

    @Test
    void blamesACollectionOnlyOnTheIterationThatItMadeLate() throws Throwable {
        long[] collections = {0};
        Waiting waiting = new Waiting(this::tick, ns -> {
            collections[0] += starts.size() == 2 || starts.size() == 4 ? 1 : 0;
            clock.advance(starts.size() == 4 ? 60 * MS : ns);
        });
        Instruments instruments = new Instruments(null, () -> collections[0], Progress.NONE, null, true);
        Measurement measured = loop(waiting, instruments).measure(plan(6, "20/s", 50), () -> took(1), NO_WARM_UP);
        assertThat(measured.gcCollections()).containsExactly(0, 0, 0, 0, 1, 0);
    }

    @Test
    void endsWhenInterruptedWhileItWaits() {
        Waiting waiting = new Waiting(this::tick, ns -> Thread.currentThread().interrupt());
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() ->
                        loop(waiting, Instruments.NONE).measure(plan(5, "20/s", 50), ran::incrementAndGet, NO_WARM_UP));
        assertThat(ran).hasValue(0);
    }

    @Test
    void refusesAStopwatchBeforeTheFirstIteration() {
        Instruments parts = new Instruments(null, null, Progress.NONE, new PartTimer(), false);
        IterationLoop loop = loop(new Waiting(clock), parts);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loop.warmUp(plan(5, "20/s", 50), ran::incrementAndGet))
                .withMessageContaining("remove one of them");
        assertThat(ran).hasValue(0);
    }

    @Test
    void dealsOneScheduleOutToSeveralCallers() {
        ArrivalRate rate = new ArrivalRate("20/s", 50 * MS, false, 1);
        OpenLoop loop =
                new OpenLoop(rate, new long[] {30 * MS, 130 * MS, 30 * MS, 1, 1, 1}, new long[6], new int[] {3, 3}, 0);
        assertThat(loop.promptNs(i -> 0, loop.serviceNs())) // the caller of the second is busy until 180 ms
                .containsExactly(30 * MS, 130 * MS, 30 * MS, 30 * MS + 1, 1, 1);
        assertThat(loop.utilisation()).isBetween(0.316, 0.317);
        OpenLoop cut = new OpenLoop(rate, new long[] {30 * MS, 130 * MS, 30 * MS, 1}, new long[4], new int[] {3, 1}, 2);
        assertThat(cut.promptNs(i -> 0, cut.serviceNs())).containsExactly(30 * MS, 130 * MS, 30 * MS, 1);
    }

    @Test
    void keepsOneScheduleForSeveralCallers() throws Throwable {
        machine.unsupported("on any CPU");
        SamplingPlan two =
                new SamplingPlan(60, 0, Duration.ofSeconds(10), 2, "iterations", new ArrivalRate("", 2 * MS, false, 1));
        Measurement measured =
                new IterationLoop(machine, Instruments.NONE).measure(two, ran::incrementAndGet, NO_WARM_UP);
        assertThat(ran).hasValue(60);
        assertThat(loop(measured).ranByCaller()).containsExactly(30, 30);
        assertThat(measured.endEpochMs() - measured.startEpochMs()).isBetween(110L, 30_000L);
        assertThat(boxed(loop(measured).lagNs())).allMatch(ns -> ns >= 0);
    }

    private Measurement measure(SamplingPlan plan, Body body) throws Throwable {
        return loop(new Waiting(this::tick, clock::advance), Instruments.COUNTERS_ONLY)
                .measure(plan, body, NO_WARM_UP);
    }

    private IterationLoop loop(Waiting waiting, Instruments instruments) {
        return new IterationLoop(machine, instruments, this::tick, waiting);
    }

    private static OpenLoop loop(Measurement measured) {
        OpenLoop loop = measured.openLoop();
        assertThat(loop).isNotNull();
        return loop;
    }

    private static SamplingPlan plan(int iterations, String rate, long gapMs) {
        return new SamplingPlan(
                iterations,
                0,
                Duration.ofSeconds(10),
                1,
                "iterations",
                new ArrivalRate(rate, gapMs * MS, rate.contains("poisson"), 1));
    }

    private List<Long> gaps() {
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < starts.size(); i++) {
            gaps.add(starts.get(i) - starts.get(i - 1));
        }
        return gaps;
    }

    private void took(long ms) {
        starts.add(clock.nanoTime());
        clock.advance(ms * MS);
    }

    private static List<Long> boxed(long[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private long tick() {
        clock.advance(1);
        return clock.nanoTime();
    }
}
