/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AddressRangesTests {

    private static AddressRanges of(Map<Long, Long> endsByStart) {
        return AddressRanges.of(new TreeMap<>(endsByStart));
    }

    @Test
    void joinsWhatTouchesAndWhatOverlaps() {
        assertThat(of(Map.of(0x10L, 0x20L, 0x20L, 0x30L, 0x28L, 0x38L, 0x40L, 0x50L)))
                .hasToString("10-38 40-50");
    }

    @Test
    void keepsTheLongerOfTwoThatStartTogether() {
        assertThat(of(Map.of(0x10L, 0x40L)).and(of(Map.of(0x10L, 0x20L)))).hasToString("10-40");
    }

    @Test
    void swallowsWhatIsInside() {
        assertThat(of(Map.of(0x10L, 0x40L)).and(of(Map.of(0x20L, 0x30L)))).isEqualTo(of(Map.of(0x10L, 0x40L)));
    }

    @Test
    void cutsToARange() {
        AddressRanges ranges = of(Map.of(0x10L, 0x20L, 0x30L, 0x40L, 0x50L, 0x60L));
        assertThat(ranges.within(0x18, 0x38)).hasToString("18-20 30-38");
        assertThat(ranges.within(0x20, 0x30).isEmpty()).isTrue();
    }
}
