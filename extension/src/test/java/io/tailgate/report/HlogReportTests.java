/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.plan.TestName;
import io.tailgate.verdict.Outcome;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;

class HlogReportTests {

    @Test
    void isReadBackByHdrHistogramItself() {
        TestReport report = Invented.report(Outcome.PASS);
        HistogramLogReader reader = reader(HlogReport.render(report));

        Histogram read = (Histogram) reader.nextIntervalHistogram();

        assertThat(read).isEqualTo(report.measured().histogram());
        assertThat(read.getTotalCount()).isEqualTo(2_000);
        assertThat(read.getTag()).isEqualTo("OrderBookTest.lookup()");
        assertThat(read.getStartTimeStamp()).isEqualTo(Invented.START);
        assertThat(read.getEndTimeStamp()).isEqualTo(Invented.START + 12_345);
        assertThat(reader.getStartTimeSec()).isEqualTo(Invented.START / 1e3);
        assertThat(reader.hasNext()).isFalse();
    }

    @Test
    void keepsSeparatorsOutOfTheTag() {
        TestName odd = new TestName("com.acme.OddTest", "odd", "odd(1, a b\n#c)");
        HistogramLogReader reader = reader(HlogReport.render(Invented.report(odd, Invented.bursts(), Outcome.PASS)));

        assertThat(reader.nextIntervalHistogram().getTag()).isEqualTo("OddTest.odd(1_a_b_#c)");
    }

    @Test
    void keepsANameOfSeveralLinesInOneComment() {
        TestName odd = new TestName("com.acme.OddTest", "odd", "odd(a\nb\r\u2028c)");
        String log = HlogReport.render(Invented.report(odd, Invented.bursts(), Outcome.PASS));

        assertThat(log).contains("com.acme.OddTest.odd(a b  c)]");
        assertThat(log.lines().limit(4))
                .filteredOn(line -> !line.startsWith("#"))
                .hasSize(1); // the legend
        assertThat(reader(log).nextIntervalHistogram().getTag()).startsWith("OddTest.odd(a_b_");
    }

    @Test
    void doesNotTagTheHistogramThatOthersRead() {
        TestReport report = Invented.report(Outcome.PASS);

        HlogReport.render(report);

        assertThat(report.measured().histogram().getTag()).isNull();
    }

    private static HistogramLogReader reader(String log) {
        return new HistogramLogReader(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)));
    }
}
