/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NoiseTableTests {

    @Test
    void eachHarnessHasARowOfMediansAndSpreads() {
        Latencies first = new Latencies(1_000, 20, 25, 60, 9_000);
        Latencies second = new Latencies(1_000, 22, 27, 80, 11_000);
        Repetitions seen = new Repetitions("ours", "", List.of(first, second), List.of(99.6, 100.6));

        assertThat(new NoiseTable(List.of(seen)).toMarkdown().lines())
                .last()
                .isEqualTo("| ours | 1,000 | 21 (20 - 22) | 26 (25 - 27) | 70 (60 - 80) | 10,000 (9,000 - 11,000) "
                        + "| 100 (100 - 101) |");
    }
}
