/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.plan.TestName;
import io.tailgate.verdict.Outcome;
import org.junit.jupiter.api.Test;

class ConsoleLineTests {

    @Test
    void isOneLineOfJsonBehindAFixedWord() {
        TestName odd = new TestName("com.acme.OddTest", "odd", "odd(\"a\nb\")");
        String line = ConsoleLine.of(Invented.report(odd, Invented.bursts(), Outcome.FAIL), "target/odd.html");

        assertThat(line).startsWith("TAILGATE {").doesNotContain("\n");
        JsonFields fields = JsonFields.of(JsonParser.parse(line.substring(ConsoleLine.PREFIX.length())));
        assertThat(fields.text("test")).isEqualTo("com.acme.OddTest.odd(\"a\nb\")");
        assertThat(fields.text("verdict")).isEqualTo("FAIL");
        assertThat(fields.number("n")).isEqualTo(2_000);
        assertThat(fields.number("maxNs")).isEqualTo(1_105_000);
        assertThat(fields.objects("bounds").get(0).number("limitNs")).isEqualTo(750_000);
        assertThat(fields.text("tier")).isEqualTo("OBSERVE_ONLY");
        assertThat(fields.text("cause")).isEqualTo("NUMA_BALANCING");
        assertThat(fields.isNull("disturbance")).isTrue();
        assertThat(fields.text("report")).isEqualTo("target/odd.html");
    }

    @Test
    void namesTheDisturbance() {
        String line = ConsoleLine.of(Invented.disturbedReport("CPUs 3 went offline"), "target/odd.html");

        JsonFields fields = JsonFields.of(JsonParser.parse(line.substring(ConsoleLine.PREFIX.length())));
        assertThat(fields.text("disturbance")).isEqualTo("CPUs 3 went offline");
    }
}
