/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitsTests {

    @Test
    void takesOffWhatEachIterationWaited() {
        Waits waits = new Waits(true, new int[] {1, 3}, new long[] {40, 5});

        assertThat(waits.takenOff(new long[] {10, 50, 10, 15})).containsExactly(10, 10, 10, 10);
        assertThat(waits.totalNs()).isEqualTo(45);
        assertThat(waits.mostNs()).isEqualTo(40);
        assertThat(waits.of(3)).isEqualTo(5);
        assertThat(waits.of(2)).isZero();
    }

    @Test
    void takesNothingOffAnIterationThatCannotHaveHeldTheWholeWait() {
        Waits waits = new Waits(true, new int[] {1}, new long[] {60});

        assertThat(waits.takenOff(new long[] {10, 50})).containsExactly(10, 50);
    }

    @Test
    void allowForTheFirstIterationsAlone() {
        Waits waits = new Waits(true, new int[] {1, 3}, new long[] {40, 5});

        assertThat(waits.takenOff(new long[] {10, 50})).containsExactly(10, 10);
    }

    @Test
    void areGatheredWithoutAnEnd() {
        Waits.Log log = new Waits.Log();
        for (int i = 0; i < 5_000; i++) {
            log.add(2 * i, i);
        }
        assertThat(log.waits().disturbed()).isEqualTo(5_000);
        assertThat(log.waits().of(9_998)).isEqualTo(4_999);
        assertThat(Waits.UNKNOWN.mostNs()).isZero();
    }
}
