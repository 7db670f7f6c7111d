/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTests {

    @Test
    void escapesWhatJsonCannotHold() {
        assertThat(Json.compact("a\"b\\c\nd\te\u0000f\u2028g\u00fc"))
                .isEqualTo("\"a\\\"b\\\\c\\nd\\te\\u0000f\\u2028g\u00fc\"");
    }

    @Test
    void writesSurrogatesAsEscapesSoThatALoneOneSurvives() {
        String lone = "x" + (char) 0xD83D;

        assertThat(Json.compact(lone)).isEqualTo("\"x\\ud83d\"");
        assertThat(JsonParser.parse(Json.compact(lone))).isEqualTo(lone);
        assertThat(JsonParser.parse(Json.compact("\ud83d\ude00"))).isEqualTo("\ud83d\ude00");
    }

    @Test
    void hasNoNumberForWhatIsNone() {
        assertThat(Json.compact(Arrays.asList(Double.NaN, Double.POSITIVE_INFINITY, null)))
                .isEqualTo("[null,null,null]");
    }

    @Test
    void writesNumbersExactly() {
        assertThat(Json.compact(List.of(Long.MAX_VALUE, 750_000.0, 0.1, -3, 1e300)))
                .isEqualTo("[9223372036854775807,750000,0.1,-3,1.0E300]");
    }

    @Test
    void indentsForPeople() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("a", List.of(1, 2));
        fields.put("b", Map.of());

        assertThat(Json.pretty(fields)).isEqualTo("""
                        {
                          "a": [
                            1,
                            2
                          ],
                          "b": {}
                        }
                        """);
    }

    @Test
    void readsBackWhatItWrote() {
        List<Object> mixed = new ArrayList<>(List.of(Map.of("k \"q\"", List.of(true, false, 1.5, "\u0001/\\"))));
        mixed.add(null);

        assertThat(JsonParser.parse(Json.pretty(mixed))).isEqualTo(mixed);
        assertThat(JsonParser.parse(Json.compact(mixed))).isEqualTo(mixed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "[1 2]",
                "{\"a\"}",
                "{\"a\":1,}",
                "{a:1}",
                "\"x",
                "\"\\x\"",
                "\"\\u12",
                "\"\\uzzzz\"",
                "nul",
                "1 2",
                "--1",
                "\"a\nb\""
            })
    void saysWhereATextIsNotJson(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonParser.parse(text))
                .withMessageContaining("not JSON");
    }

    @Test
    void refusesNestingThatWouldOverflowTheStack() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonParser.parse("[".repeat(100_000)))
                .withMessageContaining("levels");
    }
}
