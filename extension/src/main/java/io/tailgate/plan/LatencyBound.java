/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

/**
 * One SLA: a percentile and its limit. An annotation with several limits becomes several bounds.
 *
 * @param percentile 0 &lt; percentile &lt;= 100; 100 is the maximum
 * @param confidence of the verdict, 0.5 &lt; confidence &lt; 1
 * @param burst mean length of bursts of slow iterations up to which a PASS was asked to hold; 1 says that they are slow
 *     independently of each other
 * @param family among how many gated tests the error of a FAIL is shared, {@code tailgate.family}
 */
public record LatencyBound(double percentile, Limit limit, double confidence, int burst, int family) {

    public LatencyBound(double percentile, Limit limit, double confidence, int burst) {
        this(percentile, limit, confidence, burst, 1);
    }
}
