/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnvelopeTests {

    @Test
    void givesEachIterationItsOwnColumnWhileThereIsRoom() {
        long[] series = {5, 3, 9};
        Envelope envelope = Envelope.of(3, 10, i -> series[i]);

        assertThat(envelope.least()).containsExactly(5, 3, 9);
        assertThat(envelope.greatest()).containsExactly(5, 3, 9);
        assertThat(envelope.greatestAt()).containsExactly(0, 1, 2);
    }

    @Test
    void keepsTheGreatestOfEachStretchWhereverItLies() {
        int n = 10_000_000;
        int columns = 900;
        for (int spike : new int[] {0, 11_111, 11_112, 5_000_000, n - 1}) {
            Envelope envelope = Envelope.of(n, columns, i -> i == spike ? 1_000 : i % 7);

            assertThat(envelope.columns()).isEqualTo(columns);
            assertThat(envelope.greatest()).containsOnlyOnce(1_000);
            assertThat(envelope.greatestAt()).contains(spike);
            assertThat(envelope.least()).containsOnly(0);
        }
    }
}
