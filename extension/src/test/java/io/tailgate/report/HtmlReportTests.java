/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.measure.Measurement;
import io.tailgate.plan.TestName;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.Verdict;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class HtmlReportTests {

    private static String page(TestReport report) {
        return HtmlReport.render(report, LatencyFigures.of(report.measured()));
    }

    private static Document parsed(String page) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(page.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void isWellFormedAndSaysTheVerdict(Outcome outcome) throws Exception {
        Document page = parsed(page(Invented.report(outcome)));

        assertThat(page.getElementsByTagName("h1").item(0).getTextContent())
                .isEqualTo(outcome + " OrderBookTest.lookup()");
    }

    @Test
    void hasTheNumbersInWords() throws Exception {
        String text =
                parsed(page(Invented.report(Outcome.FAIL))).getDocumentElement().getTextContent();

        assertThat(text)
                .contains("p99 of OrderBookTest.lookup() is above 3.00 x median (750 us): 1.12 ms")
                .contains("58 of 2,000 iterations were slow, that is 500 us or more")
                .contains("Note: holds for bursts up to 1")
                .contains("OBSERVE_ONLY: writing kernel.numa_balancing was refused: Permission denied")
                .contains("Invented <8> \"Cores\" & more");
    }

    @Test
    void hasARowForEachQuietSettingThatWasAskedFor() throws Exception {
        String text =
                parsed(page(Invented.quiet(Outcome.PASS))).getDocumentElement().getTextContent();

        assertThat(text)
                .contains("VM_STATISTICShad: 1 before, 120 during; until the test ends")
                .contains("INTERRUPTShad in part: 0-3 before, 0-1 during; 17 of 19; irq 0, 2: EIO")
                .contains("TURBOnot had: no such file (ENOENT)");
        assertThat(page(Invented.report(Outcome.PASS))).doesNotContain("VM_STATISTICS", "quiet");
    }

    @Test
    void cannotBeBrokenByNamesOrMessages() throws Exception {
        String evil = "evil(<script>alert('1')</script> \"&amp;\" ]]> \u0000 " + (char) 0xD800 + ")";
        Document page = parsed(page(
                Invented.report(new TestName("com.acme.EvilTest", "evil", evil), Invented.bursts(), Outcome.FAIL)));

        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getElementsByTagName("h1").item(0).getTextContent())
                .isEqualTo("FAIL EvilTest.evil(<script>alert('1')</script> \"&amp;\" ]]> \ufffd \ufffd)");
    }

    @Test
    void fetchesNothing() {
        assertThat(page(Invented.report(Outcome.FAIL)).replace("xmlns=\"http://www.w3.org/", ""))
                .doesNotContain("http:", "https:", "src=", "@import", "url(", "<link", "<script");
    }

    @Test
    void marksEachSlowIterationAndTheFaultsBeneathIt() throws Exception {
        // 700 iterations have a column each, so 20 slow ones are 20 marks over 20 bars of faults
        Measurement measured = Invented.bursts(700, 35);
        Document page = parsed(page(Invented.report(Invented.LOOKUP, measured, Outcome.FAIL)));

        assertThat(strokes(page, "slow")).isEqualTo(20);
        assertThat(strokes(page, "slow bars")).isEqualTo(20);
        assertThat(strokes(page, "data")).isEqualTo(700);
        assertThat(page.getElementsByTagName("circle").item(0).getTextContent())
                .isEqualTo("iteration 35: 1.11 ms, 1,204 minor faults");
    }

    private static long strokes(Document page, String cssClass) {
        NodeList paths = page.getElementsByTagName("path");
        for (int i = 0; i < paths.getLength(); i++) {
            Element path = (Element) paths.item(i);
            if (path.getAttribute("class").equals(cssClass)) {
                return path.getAttribute("d").chars().filter(c -> c == 'M').count();
            }
        }
        throw new AssertionError("no path of class " + cssClass);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 899, 901})
    void drawsAnyNumberOfIterations(int n) throws Exception {
        Document page = parsed(page(Invented.report(
                Invented.LOOKUP, Invented.bursts(n, 35), new Verdict(Outcome.PASS, List.of(), List.of()))));

        assertThat(page.getDocumentElement().getTextContent()).contains("has no bound");
        assertThat(strokes(page, "data")).isEqualTo(Math.min(n, 900));
    }

    @Test
    void staysSmallForTenMillionIterations() {
        TestReport report = Invented.report(Invented.LOOKUP, Invented.bursts(10_000_000, 35_000), Outcome.FAIL);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean(); // whoever else is busy
        long start = threads.getCurrentThreadCpuTime();
        String page = page(report);

        assertThat(page).hasSizeLessThan(200_000);
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThan(Duration.ofSeconds(60));
    }
}
