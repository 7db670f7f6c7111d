/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuSetTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0", "0-3|0-3", "0,1,2,3|0-3", "8,0-1|0-1,8", "63,64|63-64"})
    void printsTheShortestListOfWhatItParsed(String list, String shortest) {
        assertThat(CpuSet.parse(list)).hasToString(shortest);
        assertThat(CpuSet.parse(shortest)).isEqualTo(CpuSet.parse(list)).hasSameHashCodeAs(CpuSet.parse(list));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "a", "1-", "-1"})
    void rejectsWhatIsNoCpuList(String list) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuSet.parse(list))
                .withMessageStartingWith("CPU list \"%s\" has \"", list);
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "0-65536", "4294967295", "0-99999999999999999999"})
    void rejectsNumbersThatNoMachineHas(String list) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuSet.parse(list))
                .withMessageContaining("the highest that can be named is 65535");
    }

    @Test
    void namesUpToTheHighestCpu() {
        assertThat(CpuSet.parse("0-65535").size()).isEqualTo(65_536);
    }

    @Test
    void hasNoEmptySet() {
        assertThat(CpuSet.of(new BitSet())).isEmpty();
        assertThat(CpuSet.of(1).intersection(CpuSet.of(2))).isEmpty();
        assertThat(CpuSet.parse("0-3").intersection(CpuSet.parse("2-5"))).contains(CpuSet.of(2, 3));
        assertThat(CpuSet.parse("0-3").without(CpuSet.of(0))).contains(CpuSet.parse("1-3"));
        assertThat(CpuSet.of(1).without(CpuSet.of(1))).isEmpty();
    }

    @Test
    void saysWhichRangeIsBackward() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuSet.parse("0,5-2"))
                .withMessage("CPU list \"0,5-2\" has a backward range \"5-2\"; write the lower CPU first");
    }

    @Test
    void knowsItsSubsets() {
        assertThat(CpuSet.parse("0-3").containsAll(CpuSet.of(1, 2))).isTrue();
        assertThat(CpuSet.parse("0-3").containsAll(CpuSet.of(3, 4))).isFalse();
    }
}
