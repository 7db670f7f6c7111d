/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import java.util.Arrays;

/**
 * Iterations that are slow in bursts, at exactly the share that a limit allows: bursts arrive as a Poisson process, their
 * sizes are geometric with mean S. With S = 1 the iterations are independent and their number exactly binomial.
 *
 * <p>An outcome is K bursts of t slow iterations in all. Outcomes are ordered by the signed root of the likelihood ratio
 * of "the share is q, S is free" against "both are free": the more negative, the more it speaks for a smaller share.
 */
final class BurstModel {

    /** A total that no burst reaches in practice: mean sizes are a million times smaller. */
    private static final long LARGEST = 1L << 40;

    /** Up to this mean size, bursts are mostly single iterations. */
    private static final double APART = 1.5;

    private static final double WINDOW = 8.5; // standard deviations, beyond which lies less than 1e-16

    private final long n;
    private final double q;
    private final double expected;

    BurstModel(long n, double q) {
        this.n = n;
        this.q = q;
        this.expected = n * q;
    }

    /** Returns the mean number of bursts of a mean size, the one that a run may begin in included. */
    double meanBursts(double size) {
        return expected / size + q * (1 - 1 / size);
    }

    /** Returns the signed root of an outcome, with t of at least K; no burst at all is the most extreme downwards. */
    double signedRoot(long bursts, long count) {
        return signedRoot((double) bursts, (double) count);
    }

    private double signedRoot(double bursts, double count) {
        if (bursts == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        double sum = bursts + expected + count;
        double root = Math.sqrt(Math.max(0, sum * sum - 8.0 * bursts * expected));
        double size = Math.max(1, (sum + root) / (4.0 * bursts)); // the likeliest where the share is q
        double free = logLikelihood(bursts, count, bursts, count / bursts);
        double bound = logLikelihood(bursts, count, expected / size, size);
        return Math.signum(count - expected) * Math.sqrt(Math.max(0, 2 * (free - bound)));
    }

    private static double logLikelihood(double bursts, double count, double mean, double size) {
        double further = count == bursts ? 0 : (count - bursts) * Math.log1p(-1 / size);
        return bursts * Math.log(mean / size) - mean + further;
    }

    /**
     * Returns, for each number of bursts, the largest total whose signed root is below {@code level}, or one less than
     * the number of bursts where there is none. Beyond the last there is none, or no mean size makes it likely.
     */
    long[] below(double level) {
        long[] totals = new long[(int) expected + 2];
        double most = expected + WINDOW * Math.sqrt(expected) + WINDOW * WINDOW + 1;
        for (int bursts = 1; ; bursts++) {
            if (bursts == totals.length) {
                totals = Arrays.copyOf(totals, bursts + bursts / 2 + 16);
            }
            totals[bursts] = largestBelow(level, bursts, totals[bursts - 1]);
            if (bursts > most || (bursts > expected && totals[bursts] < bursts)) {
                return Arrays.copyOf(totals, bursts + 1);
            }
        }
    }

    /**
     * Returns the signed root of an outcome as it is judged for a PASS. Few slow iterations, nearly all of them apart, say
     * less about the size of bursts than more of them do, and so would be weaker evidence of a small share; nobody would
     * understand why more slow iterations are better. They count as much as the best outcome with more such bursts.
     */
    double signedRootOfFew(long bursts, long count) {
        double least = signedRoot(bursts, count);
        if (bursts == 0 || (double) count > APART * (double) bursts) {
            return least;
        }
        double mean = (double) count / bursts;
        for (long more = bursts + 1; (double) more * mean < expected; more += 1 + more / 64) {
            least = Math.min(least, signedRoot((double) more, (double) more * mean));
        }
        return least;
    }

    /** Returns what {@link #below} does, with the outcomes of {@link #signedRootOfFew}; the one given is among them. */
    long[] belowOfFew(double level, long bursts, long count) {
        long[] totals = below(level);
        double mean = bursts > 0 && (double) count <= APART * (double) bursts ? (double) count / bursts : 0;
        double largest = 0;
        for (int fewer = totals.length - 1; fewer > 0; fewer--) {
            largest = Math.max(largest, fewer <= bursts ? mean : 0);
            totals[fewer] = Math.max(totals[fewer], (long) (Math.min(APART, largest) * fewer + 1e-9));
            largest = Math.max(largest, totals[fewer] < fewer ? 0 : (double) totals[fewer] / fewer);
        }
        return totals;
    }

    /** Gallops from a guess, then halves: the signed root grows with the total. */
    private long largestBelow(double level, int bursts, long guess) {
        long below = bursts - 1L;
        long notBelow = Math.max(bursts, guess);
        long step = 1;
        while (notBelow < LARGEST && signedRoot(bursts, notBelow) < level) {
            below = notBelow;
            notBelow += step;
            step *= 2;
        }
        step = 1;
        for (long lower = notBelow - step; lower > below; lower -= step) {
            if (signedRoot(bursts, lower) < level) {
                below = lower;
                break;
            }
            notBelow = lower;
            step *= 2;
        }
        while (notBelow - below > 1) {
            long middle = (below + notBelow) >>> 1;
            if (signedRoot(bursts, middle) < level) {
                below = middle;
            } else {
                notBelow = middle;
            }
        }
        return below;
    }

    /** Returns the probability of the outcomes that {@link #below} found, for bursts of a mean size. */
    double probability(long[] totals, double size) {
        return size == 1 ? ofIndependent(totals) : ofBursts(totals, size);
    }

    private double ofIndependent(long[] totals) {
        double deviation = WINDOW * Math.sqrt(expected) + WINDOW * WINDOW;
        int last = (int) Math.min((double) Math.min(n, totals.length - 1), expected + deviation);
        double sum = 0;
        for (int count = (int) Math.max(0, expected - deviation); count <= last; count++) {
            if (totals[count] >= count) {
                sum += Binomial.probability(count, n, q);
            }
        }
        return Math.min(1, sum);
    }

    private double ofBursts(long[] totals, double size) {
        double mean = meanBursts(size);
        double deviation = WINDOW * Math.sqrt(mean) + WINDOW * WINDOW;
        int last = (int) Math.min(totals.length - 1, mean + deviation);
        double sum = 0;
        for (int bursts = (int) Math.max(0, mean - deviation); bursts <= last; bursts++) {
            if (totals[bursts] >= bursts) {
                sum += Poisson.probability(bursts, mean) * totalAtMost(totals[bursts], bursts, size);
            }
        }
        return Math.min(1, sum);
    }

    /** Returns the probability that so many bursts have at most this total: of as many trials so many end a burst. */
    static double totalAtMost(long total, long bursts, double size) {
        return Binomial.atLeast(bursts, total, 1 / size);
    }
}
