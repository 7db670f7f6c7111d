/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

/**
 * What a comparison measured, by side; each in the order in which it ran.
 *
 * @param seed of the order within the pairs
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Pairs(long seed, long[] baselineNs, long[] candidateNs) {}
