/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SecondRunTests {

    @TempDir
    Path directory;

    private final ReportWriter writer = new ReportWriter();
    private Path second = Path.of("");

    @BeforeEach
    void makeItsFolder() {
        second = writer.folderOfSecondRun(Invented.LOOKUP, directory.toString());
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void isReadBackAsItWasWritten(Outcome outcome) {
        TestReport report = Invented.in(second.toString(), Invented.report(outcome));
        WrittenReport written = writer.write(report);

        Verdict read =
                writer.readVerdict(Invented.LOOKUP, second, report.verdict()).orElseThrow();

        assertThat(read.outcome()).isEqualTo(outcome);
        assertThat(read.bounds()).isEqualTo(report.verdict().bounds());
        assertThat(directory.resolve("com.acme.OrderBookTest").resolve(writer.pageOfSecondRun(Invented.LOOKUP)))
                .isEqualTo(written.html())
                .exists();
    }

    @Test
    void isNotInTheOverviewAndGoesWithTheReport() throws IOException {
        writer.write(Invented.in(second.toString(), Invented.report(Outcome.PASS)));
        writer.write(Invented.in(directory.toString(), Invented.report(Outcome.FAIL)));

        assertThat(directory.resolve("summary.md")).content().contains("FAIL").doesNotContain("PASS |");
        assertThat(second).exists();
        writer.discard(Invented.LOOKUP, directory.toString());
        assertThat(second).doesNotExist();
    }

    @Test
    void startsInAnEmptyFolder() throws IOException {
        Files.createFile(second.resolve("left"));

        assertThat(writer.folderOfSecondRun(Invented.LOOKUP, directory.toString()))
                .isEqualTo(second)
                .isEmptyDirectory();
    }

    @Test
    void namesWhatEndedItWithoutAVerdict() {
        Verdict like = Invented.report(Outcome.FAIL).verdict();
        assertThat(writer.readVerdict(Invented.LOOKUP, second, like)).isEmpty();

        writer.write(Unfinished.of(Invented.LOOKUP, new IOException("no such host")), second.toString());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.readVerdict(Invented.LOOKUP, second, like))
                .withMessage("it ended with java.io.IOException: no such host");
    }

    @Test
    void isNotTakenForAVerdictOnOtherBounds() {
        writer.write(Invented.in(second.toString(), Invented.report(Outcome.FAIL)));

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        writer.readVerdict(Invented.LOOKUP, second, new Verdict(Outcome.PASS, List.of(), List.of())))
                .withMessage("its report judges 1 bounds, and this test has 0");
    }

    @Test
    void isInTheReportOfTheFirst() {
        TestReport first = Invented.report(Outcome.FAIL);
        Verdict passed = Invented.report(Outcome.PASS).verdict();
        SecondRun fresh =
                SecondRun.fresh(passed, writer.pageOfSecondRun(Invented.LOOKUP), List.of("-javaagent:jacoco.jar"));

        TestReport both = first.confirmedBy(fresh, first.verdict());

        LatencyFigures figures = LatencyFigures.of(both.measured());
        JsonFields json = JsonFields.of(JsonParser.parse(JsonReport.render(both, figures)))
                .object("confirmation");
        assertThat(json.text("verdict")).isEqualTo("PASS");
        assertThat(json.text("place")).isEqualTo("FRESH_PROCESS");
        assertThat(json.text("report")).isEqualTo("lookup.fresh/com.acme.OrderBookTest/lookup.html");
        assertThat(json.isNull("missing")).isTrue();
        assertThat(HtmlReport.render(both, figures))
                .contains("href=\"lookup.fresh/com.acme.OrderBookTest/lookup.html\"");
    }

    @Test
    void saysThereWhatItDidNotComeToAVerdictFor() {
        TestReport first = Invented.report(Outcome.FAIL);

        TestReport alone =
                first.confirmedBy(SecondRun.notHad(SecondRun.Place.FRESH_PROCESS, "no launcher"), first.verdict());

        LatencyFigures figures = LatencyFigures.of(alone.measured());
        JsonFields json = JsonFields.of(JsonParser.parse(JsonReport.render(alone, figures)))
                .object("confirmation");
        assertThat(json.isNull("verdict")).isTrue();
        assertThat(json.objects("bounds")).isEmpty();
        assertThat(json.text("missing")).isEqualTo("no launcher");
        assertThat(HtmlReport.render(alone, figures)).doesNotContain("fresh process</a>");
    }
}
