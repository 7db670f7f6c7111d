/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict.calibration;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How iterations follow one another. Each fills a run with ranks from 0 (the fastest there is) to 1, uniform over many
 * runs whatever their order, so that the share of ranks from {@code 1 - share} on is {@code share}.
 */
record Dependence(String name, Filler filler) {

    interface Filler {
        void fill(double[] ranks, double share, SplittableRandom random);
    }

    static final Dependence NONE = new Dependence("independent", (ranks, share, random) -> {
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = random.nextDouble();
        }
    });

    /** Slow iterations come in runs of geometric length: a stationary chain of two states. */
    static Dependence bursts(double meanLength) {
        if (meanLength == 1) {
            return NONE;
        }
        return new Dependence(
                String.format(Locale.ROOT, "bursts of %.0f", meanLength),
                (ranks, share, random) -> states(ranks, share, meanLength, random));
    }

    /** Slow iterations come in runs of one length. */
    static Dependence burstsOfExactly(int length) {
        return new Dependence("bursts of exactly " + length, (ranks, share, random) -> {
            double begins = share / (length * (1 - share));
            int left = random.nextDouble() < share ? 1 + random.nextInt(length) : 0;
            for (int i = 0; i < ranks.length; i++) {
                ranks[i] = rank(left > 0, share, random);
                left = left > 0 ? left - 1 : random.nextDouble() < begins ? length : 0;
            }
        });
    }

    /** In disturbed periods of geometric length the share {@code within} is slow; elsewhere none is. */
    static Dependence periods(double meanLength, double within) {
        String name = String.format(Locale.ROOT, "periods of %.0f, %.0f %% slow", meanLength, 100 * within);
        return new Dependence(name, (ranks, share, random) -> {
            states(ranks, share / within, meanLength, random);
            for (int i = 0; i < ranks.length; i++) {
                boolean disturbed = ranks[i] >= 1 - share / within;
                ranks[i] = rank(disturbed && random.nextDouble() < within, share, random);
            }
        });
    }

    /** The two modes of {@link Shape#BIMODAL} come in phases, the upper one's of this mean length. */
    static Dependence phases(double meanLength) {
        String name = String.format(Locale.ROOT, "phases of %.0f", meanLength);
        return new Dependence(name, (ranks, share, random) -> states(ranks, 1 - Shape.LOWER_MODE, meanLength, random));
    }

    /** The share of slow iterations grows from none at the beginning to twice the mean at the end. */
    static final Dependence DRIFT = new Dependence("drift", (ranks, share, random) -> {
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = rank(random.nextDouble() < 2 * share * (i + 0.5) / ranks.length, share, random);
        }
    });

    private static void states(double[] ranks, double share, double meanLength, SplittableRandom random) {
        double begins = share / (meanLength * (1 - share));
        boolean slow = random.nextDouble() < share;
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = rank(slow, share, random);
            slow = slow ? random.nextDouble() >= 1 / meanLength : random.nextDouble() < begins;
        }
    }

    private static double rank(boolean slow, double share, SplittableRandom random) {
        return slow ? 1 - share * (1 - random.nextDouble()) : (1 - share) * random.nextDouble();
    }

    @Override
    public String toString() {
        return name;
    }
}
