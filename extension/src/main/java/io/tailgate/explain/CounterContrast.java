/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.explain;

/** The mean of one counter an iteration, in the slow iterations against the rest; e.g. {@code minor faults}. */
public record CounterContrast(String counter, double slowMean, double restMean) {}
