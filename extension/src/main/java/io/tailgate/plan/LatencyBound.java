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
 * @param burst mean length of bursts of slow iterations up to which a PASS was asked to hold
 */
public record LatencyBound(double percentile, Limit limit, double confidence, int burst) {}
