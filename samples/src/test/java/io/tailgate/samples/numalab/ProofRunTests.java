/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofRunTests {

    static class PassingTestCase {
        @RepeatedTest(2)
        void passes() {}
    }

    static class FailingTestCase {
        @Test
        void fails() {
            throw new AssertionError("the \"tail\"\nis long");
        }
    }

    static class AbortedTestCase {
        @Test
        void isAborted() {
            Assumptions.abort("too few");
        }
    }

    static class BrokenTestCase {
        @BeforeAll
        static void breakIt() {
            assertThat(1).as("number of nodes").isEqualTo(2);
        }

        @Test
        void neverRuns() {}
    }

    @TempDir
    Path directory;

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private int run(String... classes) {
        return ProofRun.status(directory, new PrintStream(errors, true, UTF_8), classes);
    }

    private List<String> events() throws IOException {
        return Files.readAllLines(directory.resolve("events.jsonl"));
    }

    @Test
    void everyTestHasALineInTheOrderOfTheClasses() throws IOException {
        assertThat(run(
                        "ProofRunTests$FailingTestCase",
                        "ProofRunTests$PassingTestCase",
                        "ProofRunTests$AbortedTestCase"))
                .isZero();
        assertThat(events())
                .extracting(line -> line.replaceAll(",\"balancingBefore.*", ""))
                .containsExactly(
                        "{\"class\":\"ProofRunTests$FailingTestCase\",\"test\":\"fails()\",\"status\":\"FAILED\","
                                + "\"message\":\"the \\\"tail\\\"\"",
                        "{\"class\":\"ProofRunTests$PassingTestCase\",\"test\":\"repetition 1 of 2\","
                                + "\"status\":\"SUCCESSFUL\",\"message\":null",
                        "{\"class\":\"ProofRunTests$PassingTestCase\",\"test\":\"repetition 2 of 2\","
                                + "\"status\":\"SUCCESSFUL\",\"message\":null",
                        "{\"class\":\"ProofRunTests$AbortedTestCase\",\"test\":\"isAborted()\","
                                + "\"status\":\"ABORTED\",\"message\":\"too few\"");
    }

    @Test
    void aLineTellsWhatTheKernelDidMeanwhile() throws IOException {
        assertThat(run("ProofRunTests$PassingTestCase")).isZero();
        assertThat(events())
                .allSatisfy(line -> assertThat(line)
                        .matches(".*,\"balancingBefore\":(\"\\d\"|null),\"balancingAfter\":(\"\\d\"|null),"
                                + "\"hintFaultsOnHost\":(\\d+|null)}"));
    }

    @Test
    void eventsOfAnotherRunAreAppended() throws IOException {
        run("ProofRunTests$PassingTestCase");
        run("ProofRunTests$FailingTestCase");
        assertThat(events()).hasSize(3);
    }

    @Test
    void classThatIsNotThereKeepsAllFromRunning() {
        assertThat(run("ProofRunTests$PassingTestCase", "NotThere")).isEqualTo(2);
        assertThat(errors.toString(UTF_8)).contains("NotThere");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void classWithoutATestThatRanIsAnError() {
        assertThat(run("ProofRunTests$BrokenTestCase")).isEqualTo(2);
        assertThat(errors.toString(UTF_8)).contains("BrokenTestCase", "number of nodes");
    }

    @Test
    void noClassAtAllIsAnError() {
        assertThat(run()).isEqualTo(2);
    }
}
