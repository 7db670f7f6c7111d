/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.MaxTailLatency;
import io.tailgate.Sampling;
import io.tailgate.Stopwatch;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Only a part of the body.
 *
 * <p>Fresh input for each iteration belongs to the body and not to its latency: with a {@link Stopwatch} only what lies
 * between {@code start} and {@code stop} is measured.
 */
class Sample03_OnlyAPart {

    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    @MaxTailLatency(percentile = 99, atMost = "20 ms")
    @Sampling(iterations = 2_000, warmup = 200)
    void sortsFreshNumbers(Stopwatch stopwatch) {
        long[] numbers = random.longs(10_000).toArray();
        stopwatch.start();
        Arrays.sort(numbers);
        stopwatch.stop();
        assertThat(numbers[0]).isLessThanOrEqualTo(numbers[1]);
    }
}
