/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import java.util.Arrays;

/**
 * The iterations that waited for a CPU on which somebody else ran, and how long; few as a rule, so only they are kept.
 *
 * @param known whether the kernel was asked; where it was not, there may have been any number
 * @param iteration their numbers in the measurement, ascending
 * @param ns what each waited
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Waits(boolean known, int[] iteration, long[] ns) {

    /** Nobody looked. */
    public static final Waits UNKNOWN = new Waits(false, new int[0], new long[0]);

    public int disturbed() {
        return iteration.length;
    }

    /** Returns what an iteration waited, 0 if it did not. */
    public long of(int number) {
        int at = Arrays.binarySearch(iteration, number);
        return at < 0 ? 0 : ns[at];
    }

    public long totalNs() {
        return Arrays.stream(ns).sum();
    }

    public long mostNs() {
        return Arrays.stream(ns).max().orElse(0);
    }

    /**
     * Returns what the first {@code latencyNs.length} iterations would have taken without the waits.
     *
     * <p>Nothing is taken off an iteration that took less than was waited: part of that wait was outside of it.
     */
    public long[] takenOff(long[] latencyNs) {
        long[] rest = latencyNs.clone();
        for (int i = 0; i < iteration.length && iteration[i] < rest.length; i++) {
            rest[iteration[i]] = ns[i] > rest[iteration[i]] ? rest[iteration[i]] : rest[iteration[i]] - ns[i];
        }
        return rest;
    }

    /** Gathers waits as they occur. */
    static final class Log {

        private static final int FIRST = 1024;

        private int[] iteration = new int[FIRST];
        private long[] ns = new long[FIRST];
        private int size;
        private boolean known;

        void known() {
            known = true;
        }

        void add(int number, long waitedNs) {
            if (size == iteration.length) {
                iteration = Arrays.copyOf(iteration, 2 * size);
                ns = Arrays.copyOf(ns, 2 * size);
            }
            iteration[size] = number;
            ns[size++] = waitedNs;
        }

        Waits waits() {
            return new Waits(known, Arrays.copyOf(iteration, size), Arrays.copyOf(ns, size));
        }
    }
}
