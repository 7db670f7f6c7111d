/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a run from time to time, and stops all its callers when the verdict is sure.
 *
 * <p>The first look comes after {@value #LEAST_S} s: what happens once a second, as a scan of NUMA balancing at its
 * fastest, then had its chance. Each further one comes when a twentieth of the time so far has passed, and no sooner than
 * 100 times the cost of the last, so that looks take at most 1 % of the time.
 *
 * <p>The first caller looks while the others wait between two iterations of theirs, so nothing is read that is being
 * written. What is done here counts for no iteration.
 */
final class Lookout {

    static final int LEAST_S = 2;

    private static final long LEAST_NS = TimeUnit.SECONDS.toNanos(LEAST_S);
    private static final int PART = 20;
    private static final int COST = 100;

    private final Look look;
    private final NanoClock clock;
    private final AtomicBoolean stop;
    private final @Nullable Recording[] recordings;
    private final long beginNs;
    private long nextNs = LEAST_NS;
    private int looks;
    private boolean sure;

    private volatile boolean gathering;
    private int waiting;
    private int gone;

    Lookout(Look look, NanoClock clock, AtomicBoolean stop, int callers) {
        this.look = look;
        this.clock = clock;
        this.stop = stop;
        this.recordings = new Recording[callers];
        this.beginNs = clock.nanoTime();
    }

    /** Returns what a caller does between its iterations; it {@link #leave leaves} when it ends. */
    BetweenIterations of(int caller) {
        return caller == 0 ? new Looking() : new Standing(caller);
    }

    /** What the first caller does. */
    private final class Looking implements BetweenIterations {

        @Override
        public boolean isDue(long endNs) {
            return endNs - beginNs >= nextNs;
        }

        @Override
        public void run(Recording recording, long endNs) throws InterruptedException {
            look(recording, endNs);
        }
    }

    /** What the others do. */
    private final class Standing implements BetweenIterations {

        private final int caller;

        Standing(int caller) {
            this.caller = caller;
        }

        @Override
        public boolean isDue(long endNs) {
            return gathering;
        }

        @Override
        public void run(Recording recording, long endNs) throws InterruptedException {
            await(caller, recording);
        }
    }

    private void look(Recording recording, long endNs) throws InterruptedException {
        recordings[0] = recording;
        gather();
        try {
            look();
        } finally {
            release();
        }
        long nowNs = clock.nanoTime() - beginNs;
        long costNs = nowNs - (endNs - beginNs);
        nextNs = nowNs + Math.max(nowNs / PART, COST * costNs);
    }

    private void look() {
        List<Recording> begun =
                Arrays.stream(recordings).filter(Objects::nonNull).toList();
        Joined all = Joined.latencies(begun);
        looks++;
        if (!stop.get() && look.isSure(all.latencyNs(), all.waits())) {
            sure = true;
            stop.set(true);
        }
    }

    private synchronized void gather() throws InterruptedException {
        gathering = true;
        while (waiting + gone < recordings.length - 1 && !stop.get()) {
            wait();
        }
    }

    private synchronized void release() {
        gathering = false;
        notifyAll();
    }

    private synchronized void await(int caller, Recording recording) throws InterruptedException {
        recordings[caller] = recording;
        waiting++;
        notifyAll();
        try {
            while (gathering) {
                wait();
            }
        } finally {
            waiting--;
        }
    }

    /** Called by each caller when it ends, also by an exception: nobody waits for it any more. */
    synchronized void leave(int caller, Recording recording) {
        recordings[caller] = recording;
        gone += caller == 0 ? 0 : 1;
        notifyAll();
    }

    /** Returns how the run ended, when it has. */
    Stopping stopping(String otherwise) {
        if (looks == 0) {
            return Stopping.unlooked(otherwise);
        }
        return new Stopping(
                looks,
                sure,
                sure ? look.errorShare() : 1 - look.errorShare(),
                sure ? "the verdict was sure" : otherwise);
    }
}
