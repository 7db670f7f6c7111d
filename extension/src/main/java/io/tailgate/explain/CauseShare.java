/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.explain;

/**
 * How much of the slowness one cause accounts for.
 *
 * @param slowIterations slow iterations that showed its evidence
 * @param share of all slow iterations, 0 to 1
 * @param evidence what was seen, with numbers, and "coincident" where it is only that
 */
public record CauseShare(Cause cause, long slowIterations, double share, String evidence) {}
