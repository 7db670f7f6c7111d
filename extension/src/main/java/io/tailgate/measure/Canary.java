/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.measure.CanaryTimes.Log;
import java.util.Arrays;

/**
 * A piece of arithmetic that always takes as long on a quiet CPU, timed between iterations on the caller's own.
 *
 * <p>Where it takes longer, the machine is slower and not the test: a lower frequency, a sibling that shares the core, a
 * hypervisor that runs somebody else. It uses registers only, so it leaves the body's caches alone, and says nothing of
 * memory that others keep busy. It takes at most a hundredth of the time.
 */
final class Canary implements BetweenIterations {

    private static final long TARGET_NS = 20_000;
    private static final int APART = 100;
    private static final int ROUGHLY = 10_000;
    private static final int TIMED = 51;

    // HotSpot compiles for good after 600 calls and 15,000 steps; somewhat later where its compiler waits for a CPU
    private static final int WARM = 2_000;
    private static final int WARM_STEPS = 500;

    /** Nothing but a better compiler makes it so much faster than it was a moment ago, and so often in a row. */
    private static final double COMPILED = 0.6;

    private static final int IN_A_ROW = 3;

    @SuppressWarnings("UnusedVariable") // or the compiler would see that nobody wants the result
    private static volatile long sink;

    private int steps;
    private Log log;
    private long lastNs;
    private boolean sang;
    private int faster;

    private Canary(int steps, long calibratedNs) {
        this.steps = steps;
        this.log = new Log(calibratedNs);
    }

    /** Makes a canary for the calling thread; takes some 10 ms. */
    static Canary calibrated() {
        for (int i = 0; i < WARM; i++) {
            sing(WARM_STEPS);
        }
        int steps = stepsOfTarget();
        return new Canary(steps, Medians.of(timed(steps)));
    }

    private static int stepsOfTarget() {
        long fastest = Arrays.stream(timed(ROUGHLY)).min().orElseThrow();
        return (int) Math.max(1, ROUGHLY * TARGET_NS / Math.max(1, fastest));
    }

    private static long[] timed(int steps) {
        long[] ns = new long[TIMED];
        for (int i = 0; i < TIMED; i++) {
            ns[i] = sing(steps);
        }
        return ns;
    }

    /** Returns how long so many steps took, of which each needs the one before. */
    private static long sing(int steps) {
        long start = System.nanoTime();
        long x = start | 1;
        for (int i = 0; i < steps; i++) {
            x ^= x << 13; // Marsaglia's xorshift: no compiler makes one step of two
            x ^= x >>> 7;
            x ^= x << 17;
        }
        sink = x;
        return System.nanoTime() - start;
    }

    @Override
    public boolean isDue(long endNs) {
        return !sang || endNs - lastNs >= APART * TARGET_NS * log.thinning();
    }

    @Override
    public void run(Recording recording, long endNs) {
        sang = true;
        lastNs = endNs;
        long took = sing(steps);
        if (isCompiledBetter(took)) {
            steps = stepsOfTarget();
            log = new Log(Medians.of(timed(steps))); // what was heard before compares with nothing
        } else {
            log.add(recording.iterations(), took);
        }
        recording.hear(this);
    }

    private boolean isCompiledBetter(long took) {
        faster = took < COMPILED * log.calibratedNs() ? faster + 1 : 0;
        return faster == IN_A_ROW;
    }

    Log log() {
        return log;
    }
}
