/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

/**
 * Evidence that may be looked at as often as one likes while iterations go on.
 *
 * <p>Slow iterations are a chain of two states: from fast to slow with one probability, from slow to fast with another;
 * that gives the share that is slow and the mean length S of a burst. The evidence is the likelihood of what was seen
 * under a fixed mixture of worse (or better) chains over the largest likelihood of any chain at the limit. Under any of
 * the latter it exceeds 1/a at any time with probability a at most (Wasserman, Ramdas, Balakrishnan: Universal
 * inference, PNAS 117, 2020; Ville's inequality), however often it is looked at.
 *
 * @param q the allowed share of slow iterations, 0 &lt; q &lt; 1
 */
record SequentialTest(double q) {

    /** How a mixture is spread over odds of being slow, as multiples of the odds at the limit. */
    private static final double[][] WORSE = {{2, 0.10}, {4, 0.65}, {8, 0.25}};

    private static final double[][] BETTER = {{0.25, 0.8}, {0.06, 0.2}};

    /** And over mean lengths of bursts, as multiples of what independent iterations have. */
    private static final double[][] BURSTS = {{1, 0.75}, {4, 0.17}, {15, 0.08}};

    private static final double[][] SHORT_BURSTS = {{1, 0.85}, {4, 0.15}};
    private static final double[][] NO_BURSTS = {{1, 1}};

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /**
     * What a run showed.
     *
     * @param n iterations
     * @param bursts of slow iterations, one or more in a row
     * @param slow iterations
     * @param endsSlow whether the last one is slow, so that its burst may go on
     */
    record Seen(long n, long bursts, long slow, boolean endsSlow) {

        /** Returns the logarithm of the likelihood of a chain that begins fast. */
        double logLikelihood(double slowing, double quickening) {
            long ended = endsSlow ? bursts - 1 : bursts;
            return times(bursts, slowing)
                    + times(n - slow - ended, 1 - slowing)
                    + times(ended, quickening)
                    + times(slow - bursts, 1 - quickening);
        }

        private static double times(long count, double probability) {
            return count <= 0 ? 0 : (double) count * Math.log(probability);
        }
    }

    /** Returns the logarithm of the evidence that more than the share q is slow, whatever the length of bursts. */
    double logWorse(Seen seen) {
        if (seen.slow <= (double) seen.n * q) {
            return 0;
        }
        return logMixture(seen, WORSE, BURSTS) - logAtLimit(seen, (double) Math.max(2, seen.n));
    }

    /** Returns the logarithm of the evidence that less is, for bursts of a mean length up to {@code tolerance}. */
    double logBetter(Seen seen, double tolerance) {
        if (seen.slow >= (double) seen.n * q) {
            return 0;
        }
        double[][] bursts = tolerance > 1 ? SHORT_BURSTS : NO_BURSTS;
        return logMixture(seen, BETTER, bursts) - logAtLimit(seen, tolerance);
    }

    private double logMixture(Seen seen, double[][] rates, double[][] bursts) {
        double odds = q / (1 - q);
        double sum = 0;
        double first = logAtLimit(seen, 1); // taken out of the sum, or its terms would all be 0
        for (double[] rate : rates) {
            for (double[] burst : bursts) {
                double times = rate[0] * odds;
                double length = (1 + times) * burst[0];
                if (times / length < 1) { // else there is no such chain, and its weight is given up
                    sum += rate[1] * burst[1] * Math.exp(seen.logLikelihood(times / length, 1 / length) - first);
                }
            }
        }
        return first + Math.log(sum);
    }

    /** Returns the largest logarithm of the likelihood at the limit, over mean lengths of bursts up to {@code most}. */
    private double logAtLimit(Seen seen, double most) {
        double shortest = 1 / (1 - q); // independent iterations
        double low = Math.log(shortest);
        double high = Math.max(low, Math.log(most));
        double best = Math.max(atLimit(seen, low), atLimit(seen, high));
        while (high - low > 1e-6) { // one maximum: the likelihood of the mean length is unimodal
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            double atLeft = atLimit(seen, left);
            double atRight = atLimit(seen, right);
            best = Math.max(best, Math.max(atLeft, atRight));
            if (atLeft > atRight) {
                high = right;
            } else {
                low = left;
            }
        }
        return best;
    }

    private double atLimit(Seen seen, double logLength) {
        double length = Math.exp(logLength);
        return seen.logLikelihood(q / (1 - q) / length, 1 / length);
    }
}
