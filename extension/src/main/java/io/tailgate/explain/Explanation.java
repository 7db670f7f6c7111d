/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.explain;

import java.util.List;

/**
 * Why the slow iterations were slow.
 *
 * @param slowThresholdNs an iteration is slow from here on
 * @param slow how many were
 * @param causes most slow iterations first
 */
public record Explanation(long slowThresholdNs, long slow, List<CauseShare> causes, List<CounterContrast> contrasts) {

    public Explanation {
        causes = List.copyOf(causes);
        contrasts = List.copyOf(contrasts);
    }
}
