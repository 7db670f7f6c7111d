/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What else the machine did while the test was measured.
 *
 * @param waits of its iterations for a CPU that others had
 * @param canary on the callers' CPUs, null where none was heard
 * @param hiccups on a CPU that no caller had, null where there is none
 */
public record Noise(
        Waits waits, @Nullable CanaryTimes canary, @Nullable Hiccups hiccups) {

    public static final Noise UNKNOWN = new Noise(Waits.UNKNOWN, null, null);

    /** Waits for a CPU are remarked where they were met by this share of the iterations, or took this share of the time. */
    private static final double REMARKED = 0.001;

    private static final double REMARKED_TIME = 0.01;

    /**
     * By how much a thread that slept for 1 ms overslept.
     *
     * @param n how often it slept
     */
    public record Hiccups(long n, long p99Ns, long maxNs, int cpu) {}

    /** Returns what the iterations, some of them {@code asleep}, would have taken without what is known of the disturbance. */
    long[] takenOff(long[] latencyNs, IntPredicate asleep) {
        long[] quiet = waits.takenOff(latencyNs);
        return canary == null ? quiet : canary.takenOff(quiet, asleep);
    }

    /** Returns whether any part of the disturbance can be taken off. */
    public boolean isDisturbed() {
        return waits.disturbed() > 0 || (canary != null && canary.slowParts() > 0);
    }

    /** Returns in words what is known of the disturbance of these iterations. */
    public String inWords(int iterations) {
        List<String> words = new ArrayList<>();
        if (waits.disturbed() > 0) {
            words.add(String.format(
                    Locale.ROOT,
                    "%,d of %,d iterations waited %,.1f ms in all, %,.1f ms at most, for a CPU that other processes had"
                            + " or a CPU quota withheld",
                    waits.disturbed(),
                    iterations,
                    waits.totalNs() / 1e6,
                    waits.mostNs() / 1e6));
        }
        if (canary != null && canary.slowParts() > 0) {
            double[] slowdowns = canary.slowdowns();
            words.add(String.format(
                    Locale.ROOT,
                    "the CPU itself was up to %.2f times as slow as before, in %d of %d parts of the run (canary, n = %,d)",
                    Arrays.stream(slowdowns).max().orElse(1),
                    canary.slowParts(),
                    slowdowns.length,
                    canary.n()));
        }
        return String.join("; ", words);
    }

    /** Returns what a reader of the measurement must know; empty on a quiet machine. */
    List<String> remarks(long[] latencyNs) {
        boolean waited = waits.disturbed() > REMARKED * latencyNs.length
                || waits.totalNs() > REMARKED_TIME * Arrays.stream(latencyNs).sum();
        boolean slow = canary != null && canary.slowParts() > 0;
        return waited || slow ? List.of("the machine was disturbed: " + inWords(latencyNs.length)) : List.of();
    }
}
