/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlowestTests {

    @Test
    void comesSlowestFirstAndTheEarlierFirstWhereEqual() {
        assertThat(Slowest.of(Invented.measurement(5, 9, 1, 9, 7), 4)).containsExactly(1, 3, 4, 0);
    }

    @Test
    void hasNoMoreThanThereAre() {
        assertThat(Slowest.of(Invented.measurement(5, 9), 20)).containsExactly(1, 0);
    }
}
