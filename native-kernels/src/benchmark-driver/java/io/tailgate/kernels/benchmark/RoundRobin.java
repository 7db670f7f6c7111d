/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * Times contestants in turn, round after round: the speed of a shared machine drifts by more than they differ, but
 * hardly within a round.
 */
final class RoundRobin {

    private static final double NANOS_PER_MILLI = 1e6;

    /** OpenMP's threads spin for some milliseconds after a run; nobody else should share a CPU with them. */
    private static final int PAUSE_MILLIS = 20;

    private RoundRobin() {}

    /** Returns the milliseconds of each, in the order of the rounds, after one round to warm up. */
    static List<List<Double>> time(List<? extends Timed> contestants, int rounds) {
        List<List<Double>> times = new ArrayList<>();
        contestants.forEach(contestant -> {
            times.add(new ArrayList<>());
            time(contestant);
        });
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < contestants.size(); i++) {
                pause();
                times.get(i).add(time(contestants.get(i)));
            }
        }
        return times;
    }

    static double time(Timed contestant) {
        long start = System.nanoTime();
        contestant.run();
        return (System.nanoTime() - start) / NANOS_PER_MILLI;
    }

    static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("the benchmark was interrupted", e);
        }
    }
}
