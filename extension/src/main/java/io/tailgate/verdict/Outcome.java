/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.verdict;

import java.util.List;

/** What the sample says about a bound; too few iterations is an answer of its own, not a failure. */
public enum Outcome {
    PASS,
    FAIL,
    INCONCLUSIVE;

    /** Returns what several bounds come to: FAIL if one fails, else INCONCLUSIVE if one cannot be told, else PASS. */
    static Outcome worst(List<BoundVerdict> bounds) {
        return worstOf(bounds.stream().map(BoundVerdict::outcome).toList());
    }

    static Outcome worstOf(List<Outcome> outcomes) {
        if (outcomes.contains(FAIL)) {
            return FAIL;
        }
        return outcomes.contains(INCONCLUSIVE) ? INCONCLUSIVE : PASS;
    }
}
