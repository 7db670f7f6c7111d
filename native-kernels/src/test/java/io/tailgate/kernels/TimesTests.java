/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimesTests {

    private static Times oneToN(int n) {
        return new Times(
                LongStream.rangeClosed(1, n).map(i -> (n + 1 - i) * 1_000_000).toArray());
    }

    @Test
    void ordersWhatComesInAnyOrder() {
        Times times = new Times(3_000_000, 1_000_000, 8_000_000);
        assertThat(times.n()).isEqualTo(3);
        assertThat(times.minMs()).isEqualTo(1);
        assertThat(times.averageMs()).isEqualTo(4);
        assertThat(times.percentileMs(500)).contains(3.0);
        assertThat(times.maxMs()).isEqualTo(8);
    }

    @Test
    void takesPercentilesByNearestRank() {
        assertThat(oneToN(200).percentileMs(500)).contains(100.0);
        assertThat(oneToN(200).percentileMs(990)).contains(198.0);
        assertThat(oneToN(201).percentileMs(990)).contains(199.0);
        assertThat(oneToN(1000).percentileMs(999)).contains(999.0);
    }

    @Test
    void hasNoPercentileThatWouldBeTheSlowestTime() {
        assertThat(oneToN(99).percentileMs(990)).isEmpty();
        assertThat(oneToN(100).percentileMs(990)).isEqualTo(Optional.of(99.0));
        assertThat(oneToN(1).percentilesMs()).isEmpty();
        assertThat(oneToN(10).percentilesMs()).containsOnlyKeys("p50", "p90");
        assertThat(oneToN(1000).percentilesMs()).containsOnlyKeys("p50", "p90", "p99", "p99.9");
    }
}
