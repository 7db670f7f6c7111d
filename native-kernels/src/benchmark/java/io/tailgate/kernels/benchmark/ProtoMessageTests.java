/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against bytes written down by hand from the description of the format. */
class ProtoMessageTests {

    @ParameterizedTest
    @CsvSource({"0, 08 00", "1, 08 01", "127, 08 7f", "128, 08 80 01", "150, 08 96 01", "16384, 08 80 80 01"})
    void writesNumbersInGroupsOfSevenBits(long value, String bytes) {
        assertThat(hex(new ProtoMessage().number(1, value))).isEqualTo(bytes);
    }

    @Test
    void writesNegativeNumbersInTenBytes() {
        assertThat(hex(new ProtoMessage().number(1, -1))).isEqualTo("08 ff ff ff ff ff ff ff ff ff 01");
    }

    @Test
    void writesFieldNumbersAbove15InTwoBytes() {
        assertThat(hex(new ProtoMessage().number(20, 2))).isEqualTo("a0 01 02");
    }

    @Test
    void writesTextAfterItsLength() {
        assertThat(hex(new ProtoMessage().text(2, "testing"))).isEqualTo("12 07 74 65 73 74 69 6e 67");
    }

    @Test
    void writesAMessageInAMessageAfterItsLength() {
        ProtoMessage inner = new ProtoMessage().number(1, 150);
        assertThat(hex(new ProtoMessage().message(3, inner).number(4, 5))).isEqualTo("1a 03 08 96 01 20 05");
    }

    private static String hex(ProtoMessage message) {
        return HexFormat.ofDelimiter(" ").formatHex(message.toByteArray());
    }
}
