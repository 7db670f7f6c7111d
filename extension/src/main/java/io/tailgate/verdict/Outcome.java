/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

/** What the sample says about a bound; too few iterations is an answer of its own, not a failure. */
public enum Outcome {
    PASS,
    FAIL,
    INCONCLUSIVE
}
