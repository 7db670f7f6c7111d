/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import java.time.Duration;

/**
 * How often the body runs.
 *
 * @param iterations measured iterations over all callers; 0: as many as fit into {@code atMost}
 * @param warmup unmeasured iterations of each caller; {@link #UNTIL_STEADY}: until the latency is steady
 * @param atMost the longest time that measuring may take
 * @param threads callers, each on a CPU of its own
 */
public record SamplingPlan(int iterations, int warmup, Duration atMost, int threads) {

    public static final int UNTIL_STEADY = -1;
}
