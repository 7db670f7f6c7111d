/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tailgate.measure.Measurement;
import io.tailgate.plan.TestName;
import io.tailgate.verdict.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTests {

    private static final Pattern STROKE = Pattern.compile("M[0-9.]+ ([0-9.]+)V([0-9.]+)");

    @TempDir
    private Path directory;

    private Path written(String method, Measurement measured, Outcome outcome) {
        TestName name = new TestName("com.acme.OrderBookTest", method, method + "()");
        TestReport report = Invented.report(name, measured, outcome);
        return new ReportWriter()
                .write(Invented.in(directory.toString(), report))
                .json();
    }

    private String compared(Path before, Path after) throws IOException {
        Path picture = directory.resolve("picture.svg");
        Comparison.write(before, after, picture);
        return Files.readString(picture);
    }

    @Test
    void drawsBothOnTheSameAxes() throws Exception {
        // the same latency of 1 ms and the same 1,204 faults in both; only the first run has 2 ms as well
        long[] slower = Invented.bursts(700, 35).latencyNs().clone();
        slower[1] = 2_000_000;
        Path before = written("before", Invented.measurement(slower), Outcome.FAIL);
        Path after = written("after", Invented.bursts(700, 35), Outcome.PASS);

        String picture = compared(before, after);

        List<List<Double>> panels = tops(picture, "data");
        assertThat(panels).hasSize(2);
        assertThat(panels.get(0).get(0)).isEqualTo(panels.get(1).get(0));
        assertThat(panels.get(0).get(1)).isLessThan(panels.get(0).get(0));
        assertThat(picture).contains("minor faults: none", "minor faults an iteration");
    }

    @Test
    void refusesAReportWithoutAVerdict() throws Exception {
        Path before = written("before", Invented.bursts(), Outcome.PASS);
        Path after = written("after", Invented.bursts(), Outcome.PASS);
        Files.writeString(after, Files.readString(after).replace("\"verdict\": \"PASS\"", "\"verdict\": \"NONE\""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compared(before, after))
                .withMessageContaining("its verdict is \"NONE\"; wanted one of [PASS, FAIL, INCONCLUSIVE]");
    }

    @Test
    void saysWhatWasMeasuredInEach() throws Exception {
        String picture = compared(
                written("before", Invented.bursts(), Outcome.FAIL), written("after", Invented.bursts(), Outcome.PASS));

        String text = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(picture.getBytes(UTF_8)))
                .getDocumentElement()
                .getTextContent();
        assertThat(text)
                .contains("beforeFAILOrderBookTest: before()")
                .contains("afterPASSOrderBookTest: after()")
                .contains("max 1.11 ms = 4.4 x p50", "n = 2,000")
                .contains("69,832 hinting faults, numa_balancing 1, OBSERVE_ONLY")
                .contains("p99 limit 3.00 x median (750 us)")
                .contains("Linux 6.1.0, NUMA nodes: 2");
    }

    @Test
    void namesTheFileThatIsNoReport() throws IOException {
        Path report = written("before", Invented.bursts(), Outcome.PASS);
        Path other = Files.writeString(directory.resolve("other.json"), "{}");
        Files.writeString(
                directory.resolve("other.csv"), Timeline.of(Invented.bursts()).csv());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> compared(report, other))
                .withMessageContaining("other.json")
                .withMessageContaining("not a Tailgate report");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compared(report, directory.resolve("lookup.html")))
                .withMessageContaining("wanted the JSON file");
        Path absent = directory.resolve("absent.json");
        assertThatIOException()
                .isThrownBy(() -> compared(report, absent))
                .withMessage("cannot read the report " + absent + ": there is no such file or folder");
    }

    @Test
    void saysThatTheTimelineOrTheFolderOfThePictureIsNotThere() throws IOException {
        Path report = written("before", Invented.bursts(), Outcome.PASS);
        Path picture = directory.resolve("absent/picture.svg");
        assertThatIOException()
                .isThrownBy(() -> Comparison.write(report, report, picture))
                .withMessage("cannot write the picture " + picture + ": there is no such file or folder");

        Path timeline = report.resolveSibling("before.csv");
        Files.delete(timeline);
        assertThatIOException()
                .isThrownBy(() -> compared(report, report))
                .withMessage(
                        "cannot read the timeline beside the report " + timeline + ": there is no such file or folder");
    }

    @Test
    void refusesTheTimelineOfAnotherRun() throws IOException {
        Path report = written("before", Invented.bursts(), Outcome.PASS);
        Files.writeString(
                report.resolveSibling("before.csv"),
                Timeline.of(Invented.bursts(1_999, 35)).csv());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compared(report, report))
                .withMessageContaining("before.json: its timeline is of another run: wanted 2,000 iterations")
                .withMessageContaining("found 1,999 of at most");
    }

    private static List<List<Double>> tops(String picture, String cssClass) {
        List<List<Double>> panels = new ArrayList<>();
        Matcher path = Pattern.compile("<path class=\"" + cssClass + "\" [^>]* d=\"([^\"]*)\"")
                .matcher(picture);
        while (path.find()) {
            panels.add(STROKE.matcher(path.group(1))
                    .results()
                    .map(stroke -> Double.valueOf(stroke.group(2)))
                    .toList());
        }
        return panels;
    }
}
