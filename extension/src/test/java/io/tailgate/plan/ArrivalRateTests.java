/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalRateTests {

    @ParameterizedTest
    @CsvSource({
        "200/s, 5000000",
        "' 200 / s ', 5000000",
        "2.5/ms, 400000",
        "30/min, 2000000000",
        "10000/ms, 100",
        "3/s, 333333333.3333333"
    })
    void isANumberOfIterationsInATime(String text, double gapNs) {
        ArrivalRate rate = parse(text);
        assertThat(rate.gapNs()).isEqualTo(gapNs);
        assertThat(rate.spacing()).isEqualTo("fixed");
        assertThat(rate.text()).isEqualTo(text.strip());
    }

    @Test
    void hasExponentialGapsOfAStatedSeedWhereAskedFor() {
        assertThat(parse("200/s poisson")).isEqualTo(new ArrivalRate("200/s poisson", 5e6, true, 1));
        assertThat(parse("200/s poisson seed 7").spacing()).isEqualTo("poisson (seed 7)");
        assertThat(parse("200/s poisson").perSecond()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"200", "200/h", "-1/s", "1e3/s", "200/s uniform", "200/s seed 7", "200/s poisson seed"})
    void refusesWhatIsNoRate(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArrivalRate.parse(text))
                .withMessageStartingWith("rate = \"" + text + "\" is not a rate; write a number of iterations a ms,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/s", "0.0001/min", "10001/ms"})
    void refusesARateThatNobodyCanWaitForOrKeep(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArrivalRate.parse(text))
                .withMessage(
                        "rate = \"" + text + "\" is out of range; the least is one iteration a day, the most 10000/ms");
    }

    @Test
    void isNoneWhereNothingIsWritten() {
        assertThat(ArrivalRate.parse("")).isNull();
    }

    private static ArrivalRate parse(String text) {
        ArrivalRate rate = ArrivalRate.parse(text);
        assertThat(rate).isNotNull();
        return rate;
    }
}
