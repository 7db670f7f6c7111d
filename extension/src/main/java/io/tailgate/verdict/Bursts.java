/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

/**
 * How the iterations came that were slower than a limit.
 *
 * @param tolerance mean burst length up to which a PASS of this run holds; 1 means independent iterations
 * @param bursts runs of consecutive slow iterations
 * @param longest of them
 * @param effective how many independent slow iterations would say as much, by how parts of the run vary
 */
public record Bursts(double tolerance, long bursts, long longest, double effective) {

    static Bursts of(Exceedances seen, double tolerance) {
        return new Bursts(tolerance, seen.bursts(), seen.longest(), seen.effective());
    }
}
