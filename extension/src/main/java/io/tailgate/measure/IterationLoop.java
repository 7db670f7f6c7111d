/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.machine.Machine;
import io.tailgate.measure.Measurement.Scope;
import io.tailgate.measure.Measurement.WarmUp;
import io.tailgate.measure.Noise.Hiccups;
import io.tailgate.plan.ArrivalRate;
import io.tailgate.plan.SamplingPlan;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Warms the body up, then runs and times it as often as the plan says.
 *
 * <p>One caller runs on the thread that calls; several get threads of their own, which end before a method returns. An
 * exception of the body ends the run and is thrown unchanged.
 */
public final class IterationLoop {

    /** The most iterations that are kept: 36 bytes each while measuring, 28 afterwards, both while they are joined. */
    static final int MOST_KEPT = 10_000_000;

    /** With what judging and explaining take: 10,000,000 in a heap of 1 GiB use 754 MB of it at most. */
    private static final long BYTES_EACH = 80;

    private static final long BYTES_EACH_OF_SEVERAL = 110; // merged in the order of their starts, so copied once more

    /** An iteration at least this many times as long as a read of the whole process pays for one. */
    private static final int PROCESS_READ_PAYS = 200;

    private static final int SIGNIFICANT_DIGITS = 3;

    private final Machine machine;
    private final Instruments instruments;
    private final NanoClock clock;
    private @Nullable HiccupProbe listening; // while measuring
    private final Waiting waiting;
    private final long heapBytes = heapForIterations();

    public IterationLoop(Machine machine, Instruments instruments) {
        this(machine, instruments, new SystemNanoClock());
    }

    IterationLoop(Machine machine, Instruments instruments, NanoClock clock) {
        this(machine, instruments, clock, new Waiting(clock));
    }

    IterationLoop(Machine machine, Instruments instruments, NanoClock clock, Waiting waiting) {
        this.machine = machine;
        this.instruments = instruments;
        this.clock = clock;
        this.waiting = waiting;
    }

    /**
     * Runs the body unmeasured: as often as the plan says, or until it is steady, then for at most 10 s and a third of
     * the time for measuring.
     */
    public WarmUp warmUp(SamplingPlan plan, Body body) throws Throwable {
        requirePossible(plan);
        if (plan.warmup() == 0) {
            return new WarmUp(0, true, "none was asked for", 0, false);
        }
        WarmUpRun run = new WarmUpRun(plan, clock);
        return WarmUpRun.together(
                onCallers(plan, body, null, (recorder, caller) -> run.of(recorder, source(Scope.PROCESS))));
    }

    /**
     * Runs the body unmeasured for some more passes, unless {@code warmup} already ended without faults, until the pages
     * that automatic NUMA balancing had unmapped have had their last fault; for at most 5 s and a sixth of the time for
     * measuring, and no more often than it is measured. A body that is to run once only is left alone.
     */
    public WarmUp settle(SamplingPlan plan, Body body, WarmUp warmup) throws Throwable {
        if (warmup.settled() || plan.iterations() == 1 || !instruments.counting()) {
            return warmup;
        }
        return new Settling(plan, clock, until -> pass(plan, body, until)).after(warmup);
    }

    private Pass pass(SamplingPlan plan, Body body, Until until) throws Throwable {
        CounterSource faults = source(Scope.PROCESS);
        OptionalLong hintsBefore = machine.numaHintFaults();
        long before = faults.minorFaults();
        List<Recording> callers = onCallers(plan, body, null, (recorder, caller) -> {
            Recording recording = Recording.growing(false);
            recorder.run(recording, until, Progress.NONE);
            return recording;
        });
        double grown = faults.minorFaults() - before;
        OptionalLong hints = machine.numaHintFaults();
        long[] latencyNs = Joined.of(callers).latencyNs();
        double n = Math.max(1, latencyNs.length);
        return new Pass(
                latencyNs.length,
                Medians.of(latencyNs),
                grown / n,
                hints.isPresent() && hintsBefore.isPresent()
                        ? (hints.getAsLong() - hintsBefore.getAsLong()) / n
                        : Double.POSITIVE_INFINITY);
    }

    /** Runs the body measured. The counters' scope follows from how long it took in {@code warmup}. */
    public Measurement measure(SamplingPlan plan, Body body, WarmUp warmup) throws Throwable {
        return measure(plan, body, warmup, null);
    }

    /**
     * Runs the body measured, in a closed loop without a number of iterations no longer than until {@code look} is sure.
     */
    public Measurement measure(SamplingPlan plan, Body body, WarmUp warmup, @Nullable Look look) throws Throwable {
        requirePossible(plan);
        Scope scope = scope(plan, warmup);
        long readNs = instruments.counting() ? source(scope).costNs(clock) : 0;
        long start = System.currentTimeMillis();
        List<Arrivals> arrivals = arrivals(plan);
        AtomicBoolean stop = new AtomicBoolean();
        Lookout lookout = look == null || plan.iterations() > 0 || plan.rate() != null
                ? null
                : new Lookout(look, clock, stop, plan.threads());
        List<Recording> callers;
        Hiccups hiccups;
        try (HiccupProbe probe = HiccupProbe.start(machine, instruments.spareCpus())) {
            listening = probe;
            callers = onCallers(
                    plan,
                    body,
                    scope,
                    stop,
                    (recorder, caller) ->
                            record(plan, recorder.sparing(quick(plan, warmup, readNs)), caller, arrivals, lookout));
            hiccups = probe == null ? null : probe.end();
        } finally {
            listening = null;
        }
        Joined all = Joined.of(callers);
        long end = System.currentTimeMillis();
        List<String> remarks = Remarks.of(plan, all.latencyNs(), mostKept(plan));
        if (instruments.counting()) {
            Remarks.addReads(remarks, callers, Medians.of(all.latencyNs()), readNs);
        }
        remarks.addAll(warmup.remarks());
        if (instruments.counting()) {
            Remarks.addParts(remarks, callers);
        }
        OpenLoop openLoop = plan.rate() == null ? null : OpenLoop.of(plan.rate(), arrivals);
        if (openLoop != null) {
            remarks.addAll(OpenLoopRemarks.of(plan, openLoop));
        }
        Noise noise = new Noise(all.waits(), CanaryTimes.together(callers), hiccups);
        remarks.addAll(noise.remarks(all.latencyNs()));
        Stopping stopping = stopping(plan, all.latencyNs().length, lookout);
        stopping.remark().ifPresent(remarks::add);
        int[] collections = instruments.gcCollections() == null ? new int[0] : all.collections();
        return new Measurement(
                all.latencyNs(),
                all.counters(),
                scope,
                collections,
                histogram(all.latencyNs()),
                warmup,
                start,
                end,
                remarks,
                noise,
                openLoop,
                stopping);
    }

    /** In an open loop none: waiting for what is due lies between iterations, and leaves time for a read. */
    private static QuickIterations quick(SamplingPlan plan, WarmUp warmup, long readNs) {
        return plan.rate() == null ? QuickIterations.beside(warmup.medianNs(), readNs) : QuickIterations.none();
    }

    private Stopping stopping(SamplingPlan plan, int n, @Nullable Lookout lookout) {
        String because = "the time for measuring was over";
        if (plan.iterations() > 0 && n >= plan.iterations()) {
            because = "the iterations that were asked for were measured";
        } else if (plan.iterations() == 0 && n >= mostKept(plan)) {
            because = "no more iterations are kept in memory";
        }
        return lookout == null ? Stopping.unlooked(because) : lookout.stopping(because);
    }

    /** Returns what is due of each caller in an open loop; none in a closed one. */
    private List<Arrivals> arrivals(SamplingPlan plan) {
        ArrivalRate rate = plan.rate();
        if (rate == null) {
            return List.of();
        }
        int most = plan.iterations() == 0 ? mostKept(plan) : plan.iterations();
        int due = Schedule.due(plan, rate, most);
        AtomicReference<@Nullable Long> beginning = new AtomicReference<>();
        return IntStream.range(0, plan.threads())
                .mapToObj(caller -> new Arrivals(
                        rate, caller, plan.threads(), share(due, plan.threads(), caller), beginning, clock, waiting))
                .toList();
    }

    private Recording record(
            SamplingPlan plan, Recorder recorder, int caller, List<Arrivals> arrivals, @Nullable Lookout lookout)
            throws Throwable {
        return arrivals.isEmpty()
                ? record(plan, recorder, caller, lookout)
                : record(
                        plan,
                        recorder.at(arrivals.get(caller)),
                        caller,
                        arrivals.get(caller).planned());
    }

    /** Runs what is due; after the time for measuring the backlog has as much again. */
    private Recording record(SamplingPlan plan, Recorder recorder, int caller, int due) throws Throwable {
        Recording recording = Recording.ofExactly(due, instruments.counting());
        if (due > 0) {
            recorder.run(recording, Until.spent(due, OpenLoop.mostNs(plan.atMost())), progress(plan, caller));
        }
        return recording;
    }

    private Recording record(SamplingPlan plan, Recorder recorder, int caller, @Nullable Lookout lookout)
            throws Throwable {
        boolean open = plan.iterations() == 0;
        int mine = share(open ? mostKept(plan) : plan.iterations(), plan.threads(), caller);
        boolean counting = instruments.counting();
        Recording recording = open ? Recording.growing(counting) : Recording.ofExactly(mine, counting);
        Until until = Until.spent(mine, Nanos.of(plan.atMost()));
        if (lookout != null) {
            try {
                recorder.then(lookout.of(caller)).run(recording, until, progress(plan, caller));
            } finally {
                lookout.leave(caller, recording);
            }
        } else if (mine > 0) {
            recorder.run(recording, until, progress(plan, caller));
        }
        return recording;
    }

    private Progress progress(SamplingPlan plan, int caller) {
        return caller > 0
                ? Progress.NONE
                : (done, of, elapsed) -> instruments.progress().at(done * plan.threads(), plan.iterations(), elapsed);
    }

    /** Returns how many of {@code iterations} this caller runs: as even as possible. */
    private static int share(int iterations, int callers, int caller) {
        return iterations / callers + (caller < iterations % callers ? 1 : 0);
    }

    private interface Work<T> {
        T run(Recorder recorder, int caller) throws Throwable;
    }

    private <T> List<T> onCallers(SamplingPlan plan, Body body, @Nullable Scope scope, Work<T> work) throws Throwable {
        return onCallers(plan, body, scope, new AtomicBoolean(), work);
    }

    private <T> List<T> onCallers(SamplingPlan plan, Body body, @Nullable Scope scope, AtomicBoolean stop, Work<T> work)
            throws Throwable {
        if (plan.threads() == 1) {
            return List.of(onThisThread(plan, body, scope, stop, 0, work));
        }
        return Callers.run(
                plan.threads(),
                instruments.callerCpus(),
                machine,
                stop,
                caller -> onThisThread(plan, body, scope, stop, caller, work));
    }

    private <T> T onThisThread(
            SamplingPlan plan, Body body, @Nullable Scope scope, AtomicBoolean stop, int caller, Work<T> work)
            throws Throwable {
        PartTimer timer = instruments.parts();
        PartTimer.Caller parts = timer == null ? null : timer.register();
        CounterSource source = scope == null ? CounterSource.NONE : source(scope);
        try (RunDelayWatch watch = RunDelayWatch.open(machine, source, plan.threads() - 1)) {
            BetweenIterations between = scope == null ? BetweenIterations.NONE : between(plan, caller);
            return work.run(
                    new Recorder(body, clock, stop, source, instruments.gcCollections(), parts, watch, between),
                    caller);
        } finally {
            if (timer != null && parts != null) {
                timer.forget(parts);
            }
        }
    }

    /** In an open loop there is no canary: it would delay what is due. */
    private BetweenIterations between(SamplingPlan plan, int caller) {
        BetweenIterations asked = instruments.between().apply(caller);
        return instruments.canary() && plan.rate() == null ? Canary.calibrated().and(asked) : asked;
    }

    private CounterSource source(Scope scope) {
        if (!instruments.counting()) {
            return CounterSource.NONE;
        }
        HiccupProbe probe = listening;
        return new CounterSource(machine.counters(), scope, probe == null ? () -> 0 : probe::sleeps);
    }

    /** Several callers count each for itself: what all of them did would be blamed on each. */
    private Scope scope(SamplingPlan plan, WarmUp warmup) {
        if (plan.threads() > 1 || !instruments.counting()) {
            return Scope.THREAD;
        }
        return scopeOf(warmup.medianNs(), source(Scope.PROCESS).costNs(clock));
    }

    /** Pools of native threads fault outside the caller, so the process it is, where that is cheap. */
    static Scope scopeOf(long medianNs, long processReadNs) {
        return medianNs > PROCESS_READ_PAYS * processReadNs ? Scope.PROCESS : Scope.THREAD;
    }

    private void requirePossible(SamplingPlan plan) {
        if (plan.rate() != null && instruments.parts() != null) {
            throw new IllegalArgumentException(
                    "@Sampling(rate = \"" + plan.rate().text()
                            + "\") measures from the intended start of an iteration to its end, a Stopwatch a part of it;"
                            + " remove one of them");
        }
        if (plan.threads() > 1) {
            Callers.requireCpus(plan.threads(), instruments.callerCpus(), machine);
        }
        if (plan.iterations() > MOST_KEPT) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "@Sampling(iterations = %d) is more than the %d that are kept in memory; ask for fewer",
                    plan.iterations(),
                    MOST_KEPT));
        }
    }

    /** Returns how many iterations an open-ended run may have. */
    private int mostKept(SamplingPlan plan) {
        return (int) Math.min(MOST_KEPT, heapBytes / (plan.threads() == 1 ? BYTES_EACH : BYTES_EACH_OF_SEVERAL));
    }

    /** Four fifths of what the heap has left, or a quarter of all of it where garbage seems to leave less. */
    private static long heapForIterations() {
        Runtime jvm = Runtime.getRuntime();
        long left = jvm.maxMemory() - (jvm.totalMemory() - jvm.freeMemory());
        return Math.max(jvm.maxMemory() / 4, left / 5 * 4);
    }

    private static Histogram histogram(long[] latencyNs) {
        Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
        for (long latency : latencyNs) {
            histogram.recordValue(latency);
        }
        return histogram;
    }
}
