/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.machine.CounterReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The raw values of one caller's iterations, in arrays that were there before the iteration began.
 *
 * <p>Where the number of iterations is known there is one chunk; otherwise chunks are added, by the loop and between
 * iterations, as they fill.
 */
final class Recording {

    private static final int CHUNK = 1 << 14;
    private static final int[] NONE = {};

    private final boolean counting;
    private final List<Chunk> chunks = new ArrayList<>();
    private final Waits.Log waits = new Waits.Log();
    private Chunk current;
    private int used;
    private int done;
    private int counted;
    private int partial;
    private @Nullable Canary canary;

    private Recording(int firstChunk, boolean counting) {
        this.counting = counting;
        current = Chunk.of(firstChunk, counting);
        chunks.add(current);
    }

    static Recording ofExactly(int iterations, boolean counting) {
        return new Recording(iterations, counting);
    }

    static Recording growing(boolean counting) {
        return new Recording(CHUNK, counting);
    }

    boolean isFull() {
        return used == current.latencyNs.length;
    }

    /** Makes room; allocates, so it is called outside the counted time too. */
    void grow() {
        current = Chunk.of(CHUNK, counting);
        chunks.add(current);
        used = 0;
    }

    void add(long startNs, long latencyNs) {
        current.startNs[used] = startNs;
        current.latencyNs[used++] = latencyNs;
        done++;
    }

    /** Adds what grew since the last such call, in the iteration that was added last. */
    void addCounters(long[] before, long[] after, int collections) {
        int base = (used - 1) * CounterReader.FIELDS;
        for (int field = 0; field < CounterReader.FIELDS; field++) {
            current.counters[base + field] = (int) Math.min(Integer.MAX_VALUE, after[field] - before[field]);
        }
        current.collections[used - 1] = collections;
        counted++;
    }

    /** Returns whether a switch was counted in the iteration that was added last. */
    boolean wasSwitched() {
        int base = (used - 1) * CounterReader.FIELDS;
        return current.counters[base + CounterReader.VOLUNTARY_SWITCHES] > 0
                || current.counters[base + CounterReader.INVOLUNTARY_SWITCHES] > 0;
    }

    /** Notes that waits for a CPU are watched, so that none noted is none. */
    void watchWaits() {
        waits.known();
    }

    /** Notes what the iteration that was added last waited for a CPU. */
    void addWait(long ns) {
        waits.add(done - 1, ns);
    }

    /** Notes that the latency that was added last is of parts of its iteration. */
    void addPartial() {
        partial++;
    }

    int iterations() {
        return done;
    }

    /** Takes what the canary beside these iterations says. */
    void hear(Canary heard) {
        canary = heard;
    }

    CanaryTimes.@Nullable Recorded canary() {
        return canary == null ? null : new CanaryTimes.Recorded(canary.log(), done);
    }

    Waits waits() {
        return waits.waits();
    }

    /** Returns after how many iterations the counters were read. */
    int countedIterations() {
        return counted;
    }

    int partialIterations() {
        return partial;
    }

    long[] startNs() {
        return joined(new long[done], Chunk::startNs, 1);
    }

    long[] latencyNs() {
        return joined(new long[done], Chunk::latencyNs, 1);
    }

    int[] counters() {
        return counting ? joined(new int[done * CounterReader.FIELDS], Chunk::counters, CounterReader.FIELDS) : NONE;
    }

    int[] collections() {
        return counting ? joined(new int[done], Chunk::collections, 1) : NONE;
    }

    /** Copies a column of all chunks, {@code width} values an iteration, into {@code all}. */
    @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of the type that the column returns
    private <T> T joined(T all, Function<Chunk, T> column, int width) {
        int at = 0;
        for (Chunk chunk : chunks) {
            int length = Math.min(chunk.latencyNs.length, done - at);
            System.arraycopy(column.apply(chunk), 0, all, at * width, length * width);
            at += length;
        }
        return all;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Chunk(long[] startNs, long[] latencyNs, int[] counters, int[] collections) {
        static Chunk of(int size, boolean counting) {
            int counted = counting ? size : 0;
            return new Chunk(new long[size], new long[size], new int[counted * CounterReader.FIELDS], new int[counted]);
        }
    }
}
