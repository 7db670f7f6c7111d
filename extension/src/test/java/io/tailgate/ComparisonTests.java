/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tailgate.TailgateResult.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class ComparisonTests {

    private static final Tailgate OPTIONS = Tailgate.unpinned()
            .iterations(400)
            .warmup(5)
            .maxTailLatency(
                    TailBound.percentile(80).timesBaseline(2).confidence(0.9).burst(1));

    private final AtomicInteger baselineCalls = new AtomicInteger();
    private final AtomicInteger candidateCalls = new AtomicInteger();

    @BeforeEach
    void writeElsewhere() {
        System.setProperty("tailgate.output.dir", Engine.OUTPUT.toString());
    }

    @AfterEach
    void clearOverrides() {
        System.clearProperty("tailgate.output.dir");
        System.clearProperty("tailgate.mode");
        System.clearProperty("tailgate.compare.seed");
    }

    @Test
    void findsACandidateWhoseTailIsManyTimesLonger() throws Exception {
        TailgateResult result = compare("slower", () -> Work.spin(20_000), () -> Work.spin(400_000));

        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result.iterations()).isEqualTo(400);
        assertThat(result.text())
                .contains("p80 of ComparisonTests.slower is above 2.00 x baseline")
                .contains("n = 200 iterations")
                .contains("baseline: p50")
                .contains("candidate: p50");
        assertThatExceptionOfType(AssertionFailedError.class)
                .isThrownBy(result::orThrow)
                .withMessage(result.text());
    }

    @Test
    void passesACandidateThatIsFaster() throws Exception {
        TailgateResult result = compare("faster", () -> Work.spin(400_000), () -> Work.spin(20_000));

        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
        assertThat(result.orThrow()).isSameAs(result);
        assertThat(result.text()).contains("; baseline: p50", "; candidate: p50");
    }

    @Test
    void runsBothBodiesEquallyOften() throws Exception {
        compare("counted", baselineCalls::incrementAndGet, candidateCalls::incrementAndGet);

        assertThat(baselineCalls).hasValue(205);
        assertThat(candidateCalls).hasValue(205);
    }

    @Test
    void reportsBothSidesAndTheSeed() throws Exception {
        System.setProperty("tailgate.compare.seed", "42");
        Path page = Path.of(compare("reported", () -> {}, () -> {}).page());

        assertThat(Files.readString(page)).contains("Baseline and candidate").contains("(seed 42)");
        assertThat(Files.readString(Path.of(page.toString().replace(".html", ".json"))))
                .contains("\"seed\": 42", "\"baselineNs\": {", "\"candidateNs\": {", "TIMES_BASELINE");
    }

    @Test
    void endsWithWhatABodyThrows() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> compare("throwing", () -> {}, () -> {
                    throw new IOException("as thrown");
                }));
    }

    @Test
    void refusesWhatCannotBeComparedBeforeAnythingRuns() {
        refused(Tailgate.unpinned(), "no limit is given");
        refused(OPTIONS.maxTailLatency(TailBound.percentile(80).atMost("1 s")), "use timesBaseline in place of");
        refused(OPTIONS.iterations(10), "iterations = 10 are too few to pass p80");
        refused(
                Tailgate.pinnedNuma()
                        .cpus("0")
                        .maxTailLatency(TailBound.percentile(80).timesBaseline(-1)),
                "timesBaseline = -1.0 is out of range");
        assertThat(baselineCalls).hasValue(0);
    }

    @Test
    void refusesABaselineWhereThereIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tailgate.measure("alone", OPTIONS, baselineCalls::incrementAndGet))
                .withMessageContaining("use Tailgate.compare");
        assertThat(baselineCalls).hasValue(0);
    }

    @Test
    void abortsATestThatCannotBeTold() {
        TailgateResult result = new TailgateResult(Verdict.INCONCLUSIVE, 10, "too few", "none");

        assertThatExceptionOfType(TestAbortedException.class)
                .isThrownBy(result::orThrow)
                .withMessage("too few");
    }

    @Test
    void failsNoTestWhereOnlyReportsAreWanted() {
        System.setProperty("tailgate.mode", "report");
        TailgateResult result = new TailgateResult(Verdict.FAIL, 10, "slower", "none");

        assertThat(result.orThrow()).isSameAs(result);
    }

    private void refused(Tailgate options, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tailgate.compare(
                        "refused", options, baselineCalls::incrementAndGet, candidateCalls::incrementAndGet))
                .withMessageContaining(message);
    }

    private static TailgateResult compare(String name, Tailgate.Iteration baseline, Tailgate.Iteration candidate)
            throws Exception {
        return Tailgate.compare(name, OPTIONS, baseline, candidate);
    }
}
