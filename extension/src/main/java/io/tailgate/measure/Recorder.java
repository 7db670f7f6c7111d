/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.machine.CounterReader;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Times one caller's iterations, on the thread that made it.
 *
 * <p>Between the two readings of the clock there is only the body. Everything else follows after the second: the
 * counters, whose end is the next iteration's start, so that an iteration's growths hold its body, two readings of the
 * clock and the storing of two numbers; {@link QuickIterations} wait for their read. Nothing is allocated unless the number
 * of iterations is unknown; then room is made between iterations and the counters are read anew.
 */
final class Recorder {

    private static final long PROGRESS_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long TIME_TO_TELL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Body body;
    private final NanoClock clock;
    private final AtomicBoolean stop;
    private final CounterSource source;
    private final @Nullable LongSupplier gcCollections;
    private final PartTimer.@Nullable Caller parts;
    private final @Nullable RunDelayWatch delays;
    private BetweenIterations between;

    private long[] before = new long[CounterReader.FIELDS];
    private long[] after = new long[CounterReader.FIELDS];
    private long collectionsBefore;
    private QuickIterations quick = QuickIterations.none();
    private long lastNs; // when the last iteration ended, or what came after it
    private long outsideFromNs; // the same before the iteration that runs
    private long countsNs; // of that iteration
    private @Nullable Arrivals arrivals;

    Recorder(
            Body body,
            NanoClock clock,
            AtomicBoolean stop,
            CounterSource source,
            @Nullable LongSupplier gcCollections,
            PartTimer.@Nullable Caller parts,
            @Nullable RunDelayWatch delays,
            BetweenIterations between) {
        this.body = body;
        this.clock = clock;
        this.stop = stop;
        this.source = source;
        this.gcCollections = gcCollections;
        this.parts = parts;
        this.delays = delays;
        this.between = between;
    }

    /** Lets iterations begin when they are due instead of one after the other; returns this. */
    Recorder at(Arrivals due) {
        arrivals = due;
        return this;
    }

    /** Adds something to do between iterations; returns this. */
    Recorder then(BetweenIterations also) {
        between = between.and(also);
        return this;
    }

    /** Runs the body until {@code until} is reached or another caller failed; {@code progress} counts for one caller. */
    void run(Recording recording, Until until, Progress progress) throws Throwable {
        if (delays != null) {
            recording.watchWaits();
        }
        if (arrivals != null) {
            arrivals.begin();
        }
        readStart();
        long begin = clock.nanoTime();
        quick.begin(begin);
        long nextProgress = begin + PROGRESS_NS;
        while (!stop.get()) {
            makeRoom(recording);
            long end = iterate(recording);
            int done = recording.iterations();
            if (until.reached(done, end - begin)) {
                break;
            }
            if (between.isDue(end)) {
                catchUp(recording, end);
                between.run(recording, end);
                readStart();
            }
            if (end - nextProgress >= 0 && (arrivals == null || arrivals.aheadNs() >= TIME_TO_TELL_NS)) {
                nextProgress = end + PROGRESS_NS;
                catchUp(recording, end);
                progress.at(done, until.iterations(), Duration.ofNanos(end - begin));
                readStart();
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted after " + done + " iterations");
            }
        }
        catchUp(recording, clock.nanoTime()); // not after an exception: nothing is reported of such a run
    }

    /** Lets iterations that are too quick for a fault or a switch wait for a read of the counters; returns this. */
    Recorder sparing(QuickIterations tooQuick) {
        quick = tooQuick;
        return this;
    }

    /** Says whether another caller failed: from then on nothing runs. */
    boolean isStopped() {
        return stop.get();
    }

    private void makeRoom(Recording recording) {
        if (recording.isFull()) {
            catchUp(recording, clock.nanoTime());
            recording.grow();
            readStart(); // the new room's page faults are not the body's
        }
    }

    private long iterate(Recording recording) throws Throwable {
        if (arrivals != null) {
            await(arrivals);
        }
        if (parts != null) {
            parts.beginIteration();
        }
        long start = clock.nanoTime();
        body.run();
        long now = clock.nanoTime();
        long end = body.endedNs(now);
        countsNs = parts == null ? end - start : parts.endIteration(end - start);
        outsideFromNs = lastNs;
        lastNs = end;
        if (arrivals == null) {
            recording.add(start, countsNs);
        } else {
            recording.add(arrivals.dueNs(), arrivals.ran(start, end));
        }
        if (parts != null && parts.used()) {
            recording.addPartial();
        }
        if (source.counts() && !quick.mayWait(start, now)) {
            count(recording, end);
        }
        return end;
    }

    /** Reads the counters if iterations wait for that: what they show is the last one's. */
    private void catchUp(Recording recording, long nowNs) {
        if (quick.areWaiting()) {
            count(recording, nowNs);
        }
    }

    /** Waiting counts nowhere, but a collection that made the iteration late is its own. */
    private void await(Arrivals due) throws InterruptedException {
        if (due.park()) {
            long collections = collectionsBefore;
            boolean late = due.aheadNs() < 0;
            readStart();
            collectionsBefore = late ? collections : collectionsBefore;
        }
        due.spin();
    }

    private void count(Recording recording, long end) {
        source.read(after);
        quick.read(before, after);
        long collections = collections();
        recording.addCounters(before, after, (int) (collections - collectionsBefore));
        long[] start = after;
        after = before;
        before = start;
        collectionsBefore = collections;
        watchDelays(recording, end);
    }

    /** Of a wait, as much as can have been outside of the time that counts is taken for that, and excuses nothing. */
    private void watchDelays(Recording recording, long end) {
        if (delays == null) {
            return;
        }
        if (!recording.wasSwitched()) {
            delays.keepFresh(end);
            return;
        }
        long outsideNs = clock.nanoTime() - outsideFromNs - countsNs;
        long waited = delays.waitedNs(end) - outsideNs;
        if (waited > 0) {
            recording.addWait(waited);
        }
        readStart();
    }

    /** The counters first: a switch between the two is then seen, but its wait is not, and excuses no iteration. */
    private void readStart() {
        if (source.counts()) {
            source.read(before);
            collectionsBefore = collections();
        }
        if (delays != null) {
            lastNs = clock.nanoTime();
            delays.start(lastNs);
        }
    }

    private long collections() {
        return gcCollections == null ? 0 : gcCollections.getAsLong();
    }
}
