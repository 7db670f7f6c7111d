/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How long the canary took in the course of a run.
 *
 * @param calibratedNs what it took just before the run, the median
 * @param at where in the run each time was taken, 0 to 1
 * @param ns the times
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record CanaryTimes(long calibratedNs, double[] at, long[] ns) {

    /** A time or a block is slow from here on: beyond what turbo and an idle sibling's coming and going make. */
    private static final double SLOW = 1.25;

    private static final int MOST_BLOCKS = 20;

    /** So that neither one that was itself preempted nor a few are their median. */
    private static final int LEAST_IN_BLOCK = 10;

    /** Returns the times of all callers as one, each scaled by its own calibration; null where none was heard. */
    static @Nullable CanaryTimes together(List<Recording> recordings) {
        List<Recorded> callers = recordings.stream()
                .map(Recording::canary)
                .filter(Objects::nonNull)
                .toList();
        return callers.isEmpty() ? null : joined(callers);
    }

    private static CanaryTimes joined(List<Recorded> callers) {
        long calibratedNs = callers.get(0).log.calibratedNs;
        double[] at = callers.stream().flatMapToDouble(Recorded::at).toArray();
        long[] ns = callers.stream()
                .flatMapToLong(caller -> Arrays.stream(caller.log.ns, 0, caller.log.size)
                        .map(each -> each * calibratedNs / Math.max(1, caller.log.calibratedNs)))
                .toArray();
        return new CanaryTimes(calibratedNs, at, ns);
    }

    public int n() {
        return ns.length;
    }

    /** Returns a percentile of the times, 0 where there are none. */
    public long percentile(double percent) {
        long[] sorted = ns.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted.length == 0 ? 0 : sorted[Math.max(1, rank) - 1];
    }

    /** Returns how many took more than {@value #SLOW} times as long as on a quiet CPU. */
    public long slow() {
        double quiet = quietNs();
        return Arrays.stream(ns).filter(each -> each > SLOW * quiet).count();
    }

    /** A machine that was busy when it was calibrated may become quiet later. */
    private double quietNs() {
        return Math.max(1, Math.min(calibratedNs, percentile(10)));
    }

    /**
     * Returns how many times as long as on a quiet CPU the canary took in each of up to {@value #MOST_BLOCKS} parts of the
     * run, their medians; exactly 1 where that is at most {@value #SLOW}.
     */
    public double[] slowdowns() {
        int blocks = Math.max(1, Math.min(MOST_BLOCKS, n() / LEAST_IN_BLOCK));
        double quiet = quietNs();
        return IntStream.range(0, blocks)
                .mapToDouble(block -> slowdown(inBlock(block, blocks), quiet))
                .toArray();
    }

    private long[] inBlock(int block, int blocks) {
        return IntStream.range(0, n())
                .filter(i -> Math.min(blocks - 1, (int) (at[i] * blocks)) == block)
                .mapToLong(i -> ns[i])
                .toArray();
    }

    private static double slowdown(long[] times, double quiet) {
        double slowdown = times.length < LEAST_IN_BLOCK ? 1 : Medians.of(times) / quiet;
        return slowdown > SLOW ? slowdown : 1;
    }

    /** Returns how many parts of the run were slow. */
    public long slowParts() {
        return Arrays.stream(slowdowns()).filter(slowdown -> slowdown > 1).count();
    }

    /**
     * Returns what the iterations would have taken, had the CPU been as fast as on a quiet machine all the time.
     *
     * @param asleep iterations of which a part was no work of the CPU's; sleep gets no shorter on a faster one, and may be
     *     what made this one slow
     */
    long[] takenOff(long[] latencyNs, IntPredicate asleep) {
        double[] slowdowns = slowdowns();
        long[] quiet = latencyNs.clone();
        for (int i = 0; i < quiet.length; i++) {
            double slowdown = slowdowns[(int) ((long) i * slowdowns.length / quiet.length)];
            quiet[i] = asleep.test(i) ? quiet[i] : (long) (quiet[i] / slowdown);
        }
        return quiet;
    }

    /** The times of one caller and how often it ran its body. */
    record Recorded(Log log, int iterations) {
        DoubleStream at() {
            return Arrays.stream(log.iteration, 0, log.size).mapToDouble(i -> (double) i / Math.max(1, iterations));
        }
    }

    /** Gathers times as they are taken; when it is full, every second one is dropped and from then on not taken. */
    static final class Log {

        private static final int MOST = 1 << 14;

        private final long calibratedNs;
        private final int[] iteration = new int[MOST];
        private final long[] ns = new long[MOST];
        private int size;
        private int thinning = 1;

        Log(long calibratedNs) {
            this.calibratedNs = calibratedNs;
        }

        long calibratedNs() {
            return calibratedNs;
        }

        /** Returns how many times as far apart as at first times are to be taken. */
        int thinning() {
            return thinning;
        }

        void add(int afterIterations, long took) {
            if (size == MOST) {
                thin();
            }
            iteration[size] = afterIterations;
            ns[size++] = took;
        }

        private void thin() {
            size = MOST / 2;
            thinning *= 2;
            for (int i = 0; i < size; i++) {
                iteration[i] = iteration[2 * i];
                ns[i] = ns[2 * i];
            }
        }
    }
}
