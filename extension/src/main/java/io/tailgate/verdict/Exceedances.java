/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

/**
 * The iterations that were slower than a limit, in the order in which they ran.
 *
 * @param n iterations
 * @param count how many were slower, t
 * @param bursts in how many runs of consecutive iterations they came, K
 * @param longest the longest of these
 * @param dispersion by how much the counts of 10 and of 20 parts of the run vary more than independent ones would, D, at
 *     least 1
 */
record Exceedances(long n, long count, long bursts, long longest, double dispersion) {

    static final int PARTS = 20;

    private static final int LEAST_PART = 10;

    /** Counts in latencies in the order in which the iterations ran. */
    static Exceedances of(long[] latencyNs, long limitNs) {
        double[] parts = new double[PARTS];
        int part = latencyNs.length / PARTS;
        int end = part * PARTS; // what is left over belongs to no part
        long count = 0;
        long bursts = 0;
        long longest = 0;
        long length = 0;
        for (int i = 0; i < latencyNs.length; i++) {
            if (latencyNs[i] <= limitNs) {
                length = 0;
                continue;
            }
            count++;
            length++;
            bursts += length == 1 ? 1 : 0;
            longest = Math.max(longest, length);
            if (i < end) {
                parts[i / part]++;
            }
        }
        return new Exceedances(latencyNs.length, count, bursts, longest, dispersion(parts, latencyNs.length));
    }

    /** Returns into how many parts a run is cut for what varies from part to part; 0 where they would be too short. */
    static int partsOf(long n) {
        return n >= PARTS * LEAST_PART ? PARTS : n >= PARTS / 2 * LEAST_PART ? PARTS / 2 : 0;
    }

    /** Returns the larger dispersion of the parts and of pairs of them; of parts that are too short it says nothing. */
    private static double dispersion(double[] parts, int n) {
        int part = n / PARTS;
        double dispersion = 1;
        if (partsOf(n) == PARTS) {
            dispersion = Math.max(dispersion, ratio(parts, part));
        }
        if (partsOf(n) > 0) {
            double[] pairs = new double[parts.length / 2];
            for (int i = 0; i < pairs.length; i++) {
                pairs[i] = parts[2 * i] + parts[2 * i + 1];
            }
            dispersion = Math.max(dispersion, ratio(pairs, 2 * part));
        }
        return dispersion;
    }

    /** Returns the variance of the counts against that of independent iterations, m s (1 - s) with s their share. */
    private static double ratio(double[] counts, int part) {
        double mean = PartMeans.mean(counts);
        double independent = mean * (1 - mean / part);
        return independent > 0 ? PartMeans.variance(counts) / independent : 1;
    }

    /**
     * Returns the number of bursts without those that chance alone would have joined: of t slow iterations in any places
     * about t (1 - t/n) runs are seen. For tails that is K; where all are slow it is t, not one.
     */
    long separateBursts() {
        return count == n ? count : Math.min(count, (long) (bursts * (n / (double) (n - count)) + 1e-9));
    }

    /** Returns how many independent ones would say as much: t / D. */
    double effective() {
        return count / dispersion;
    }

    /** Returns what {@code iterations} such as these would have; a share above {@code allowed} is rounded up. */
    Exceedances scaledTo(long iterations, double allowed) {
        if (iterations == n) {
            return this;
        }
        double share = (double) count / n;
        double scaled = share * iterations;
        long slower = (long) (share > allowed ? Math.ceil(scaled - 1e-9) : Math.floor(scaled + 1e-9));
        long apart = slower == 0 ? 0 : Math.max(1, Math.round((double) slower / count * bursts));
        return new Exceedances(iterations, slower, Math.min(slower, apart), longest, dispersion);
    }
}
