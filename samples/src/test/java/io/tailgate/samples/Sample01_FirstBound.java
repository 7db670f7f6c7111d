/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.MaxTailLatency;
import io.tailgate.Sampling;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The first bound.
 *
 * <p>The body of the test is ONE iteration. Tailgate warms it up, runs it 2,000 times, keeps every latency, and fails
 * the test when more than 1 % of them are slower than 20 ms, as far as 2,000 iterations can tell: the verdict is right
 * in 99 of 100 runs ({@code confidence}), and with too few iterations it is "inconclusive", never a guess.
 *
 * <p>Run it, then change {@code 20 ms} to {@code 20 us} and read what it prints.
 */
class Sample01_FirstBound {

    private final long[] unsorted = new SplittableRandom(1).longs(20_000).toArray();

    @Test
    @MaxTailLatency(percentile = 99, atMost = "20 ms")
    @Sampling(iterations = 2_000, warmup = 200)
    void sortsTwentyThousandNumbers() {
        long[] sorted = LongStream.of(unsorted).sorted().toArray();
        assertThat(sorted[0]).isLessThanOrEqualTo(sorted[1]);
    }
}
