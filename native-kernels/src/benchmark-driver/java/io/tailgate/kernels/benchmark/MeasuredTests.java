/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasuredTests {

    @Test
    void takesPercentilesByNearestRank() {
        Measured measured = Results.ours(4.0, 1.0, 3.0, 2.0);
        assertThat(measured.bestMillis()).isEqualTo(1);
        assertThat(measured.medianMillis()).isEqualTo(2);
        assertThat(measured.percentile(99)).isEqualTo(4);
    }

    @Test
    void measuresTheTailInMedians() {
        Double[] times = IntStream.rangeClosed(1, 100).mapToObj(Double::valueOf).toArray(Double[]::new);
        assertThat(Results.ours(times).tail()).isEqualTo(99.0 / 50);
    }
}
