/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTests {

    @ParameterizedTest
    @CsvSource({
        "5 ms, 5000000",
        "250 us, 250000",
        "250us, 250000",
        "250 \u00b5s, 250000",
        "1.5 s, 1500000000",
        "30 s, 30000000000",
        "7 ns, 7",
        "' 1  ms ', 1000000",
        "0.0000015 s, 1500"
    })
    void readsANumberAndItsUnit(String text, long nanos) {
        assertThat(TimeText.parse("atMost", text)).hasNanos(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "ms",
                "five ms",
                "5 minutes",
                "-5 ms",
                "1e3 ms",
                "1,5 ms",
                "5 ms 3 us",
                ".5 s",
                "NaN s"
            })
    void saysWhatATimeLooksLike(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeText.parse("atMost", text))
                .withMessageStartingWith("atMost = \"" + text + "\" is not a time")
                .withMessageContaining("\"250 us\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 ms", "0.0 s", "0.4 ns", "31536001 s", "999999999999999999 s"})
    void refusesATimeThatNoRunCanHave(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeText.parse("tailgate.sampling.at-most", text))
                .withMessageStartingWith("tailgate.sampling.at-most = \"" + text + "\" is out of range")
                .withMessageContaining("1 ns");
    }
}
