/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import java.util.function.DoubleUnaryOperator;

/**
 * The test whether at most the share q of iterations is slower than a limit, for iterations that are slow in bursts.
 *
 * <p>How long bursts are is not known. PASS takes the least favourable mean size up to a tolerance, or up to what the
 * sample could come from where it shows longer ones; FAIL the least favourable one that the sample could come from, for
 * which a tenth of the error is set aside (Berger and Boos 1994). Both must hold as well with as many iterations as are
 * effectively independent by how the counts of parts of the run vary: periods in which only some iterations are slow are
 * longer bursts than runs show.
 *
 * @param percentile of which no more than the share q = 1 - p/100 may be slower
 * @param passError to PASS although more than q is slower
 * @param failError to FAIL although no more than q is slower
 * @param burst mean burst size up to which a PASS must hold
 */
record ShareTest(Percentile percentile, double passError, double failError, int burst) {

    /** From here on a run is judged as if it were shorter, less sharply than it could be, or the sums would take long. */
    static final double MOST_EXPECTED = 10_000;

    /** A tolerance that a long run has anyway leaves so much of the error that separate slow iterations may PASS. */
    private static final double ROOM = 0.9;

    /** -ln(0.01 ROOM): with a larger error the tolerance is no longer than with this one. */
    private static final double LEAST = 4.71;

    private static final double SET_ASIDE = 0.1;
    private static final double GRID = 1.1;
    private static final double ENDS = Double.POSITIVE_INFINITY; // a grid without anything between
    private static final double SAME = 1e-9;
    private static final double LONGEST = 1e9;

    private double q() {
        return percentile.exceedance();
    }

    boolean passes(Exceedances seen) {
        return passes(seen, GRID);
    }

    boolean fails(Exceedances seen) {
        return fails(seen, GRID);
    }

    /** Returns false only where {@link #passes} does, for a fraction of the time: sees the ends of the mean sizes alone. */
    boolean mayPass(Exceedances seen) {
        return passes(seen, ENDS);
    }

    /** Returns false only where {@link #fails} does, likewise. */
    boolean mayFail(Exceedances seen) {
        return fails(seen, ENDS);
    }

    private boolean passes(Exceedances seen, double grid) {
        return seen.n() >= iterationsRequired()
                && seen.count() < q() * seen.n()
                && few(seen) <= passError
                && lookingSmall(seen, passError, grid) <= passError;
    }

    private boolean fails(Exceedances seen, double grid) {
        double left = failError * (1 - SET_ASIDE);
        return seen.count() > q() * seen.n() && many(seen) <= failError && lookingLarge(seen, left, grid) <= left;
    }

    /** Returns the largest probability of so few, or fewer, slow iterations if more than q is slower. */
    double passProbability(Exceedances seen) {
        return Math.max(few(seen), lookingSmall(seen, 1, GRID));
    }

    /** Returns the largest probability of so many, or more, slow iterations if no more than q is slower. */
    double failProbability(Exceedances seen) {
        return Math.min(1, Math.max(many(seen), lookingLarge(seen, 1, GRID) + failError * SET_ASIDE));
    }

    /**
     * Returns the mean burst size up to which a PASS of {@code n} iterations holds whatever they show: the largest S with
     * exp(-n q (1/S - 1/S^2)), the probability of separate slow iterations only, within the error.
     */
    double tolerance(long n) {
        double expected = Math.min(n * q(), MOST_EXPECTED);
        double least = Math.max(LEAST, -Math.log(ROOM * passError));
        double root = expected * (expected - 4 * least);
        return burst == 1 || root < 0 ? burst : Math.max(burst, (expected + Math.sqrt(root)) / (2 * least));
    }

    /** Returns the mean burst size up to which the PASS of this sample holds. */
    double toleranceFor(Exceedances seen) {
        double tolerance = tolerance(seen.n());
        return seen.count() <= tolerance * seen.separateBursts()
                ? tolerance
                : Math.max(tolerance, longestMean(seen, passError * SET_ASIDE));
    }

    /** Returns the smallest n at which no slow iteration is a PASS. */
    long iterationsRequired() {
        if (burst == 1) {
            return new Quantile(percentile, passError).leastForUpper();
        }
        return (long) Math.ceil(-burst * Math.log(passError) / q());
    }

    /** Returns the smallest mean size with which so many bursts hardly ever come to so few iterations. */
    private static double longestMean(Exceedances seen, double error) {
        if (seen.count() == 0) {
            return 1;
        }
        double within = 1;
        double beyond = LONGEST;
        while (beyond / within > 1.001) {
            double size = Math.sqrt(within * beyond);
            if (BurstModel.totalAtMost(seen.count(), seen.separateBursts(), size) > error) {
                within = size;
            } else {
                beyond = size;
            }
        }
        return beyond;
    }

    private double lookingSmall(Exceedances seen, double enough, double grid) {
        Exceedances judged = shortened(seen);
        BurstModel model = new BurstModel(judged.n(), q());
        long bursts = judged.separateBursts();
        double level = model.signedRootOfFew(bursts, judged.count()) + SAME;
        long[] totals = model.belowOfFew(level, bursts, judged.count());
        return largest(size -> model.probability(totals, size), toleranceFor(judged), enough, grid);
    }

    private double lookingLarge(Exceedances seen, double enough, double grid) {
        Exceedances judged = shortened(seen);
        BurstModel model = new BurstModel(judged.n(), q());
        long[] totals = model.below(model.signedRoot(judged.separateBursts(), judged.count()) - SAME);
        double longest = longestMean(judged, failError * SET_ASIDE);
        return largest(size -> 1 - model.probability(totals, size), longest, enough, grid);
    }

    /** Returns the largest probability over mean sizes up to the longest, or the first found above {@code enough}. */
    private static double largest(DoubleUnaryOperator probability, double longest, double enough, double grid) {
        double largest = probability.applyAsDouble(1);
        for (double size = longest; size > 1 && largest <= enough; size /= grid) {
            largest = Math.max(largest, probability.applyAsDouble(size));
        }
        return largest;
    }

    private Exceedances shortened(Exceedances seen) {
        return seen.n() * q() <= MOST_EXPECTED ? seen : seen.scaledTo((long) (MOST_EXPECTED / q()), q());
    }

    private double few(Exceedances seen) {
        double effective = seen.n() / seen.dispersion();
        double slow = seen.effective();
        return slow >= effective ? 1 : Beta.regularised(1 - q(), effective - slow, slow + 1);
    }

    private double many(Exceedances seen) {
        double effective = seen.n() / seen.dispersion();
        double slow = seen.effective();
        return slow == 0 ? 1 : Beta.regularised(q(), slow, effective - slow + 1);
    }
}
