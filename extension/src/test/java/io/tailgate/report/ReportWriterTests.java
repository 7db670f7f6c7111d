/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailgate.machine.MachineException;
import io.tailgate.plan.TestName;
import io.tailgate.verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTests {

    private final ReportWriter writer = new ReportWriter();

    @TempDir
    private Path directory;

    private TestReport report(TestName name, Outcome outcome) {
        return Invented.in(directory.resolve("tailgate").toString(), Invented.report(name, Invented.bursts(), outcome));
    }

    private String overview(String file) throws IOException {
        return Files.readString(directory.resolve("tailgate").resolve(file));
    }

    @Test
    void writesAllFilesUnderTheClassAndTheMethod() throws IOException {
        WrittenReport written = writer.write(report(Invented.LOOKUP, Outcome.FAIL));

        Path folder = directory.resolve("tailgate/com.acme.OrderBookTest");
        assertThat(written)
                .isEqualTo(new WrittenReport(
                        folder.resolve("lookup.json"),
                        folder.resolve("lookup.hlog"),
                        folder.resolve("lookup.html"),
                        folder.resolve("lookup.csv")));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(written.json(), written.hlog(), written.html(), written.csv());
        }
        assertThat(overview("summary.md")).contains("com.acme.OrderBookTest.lookup() | **FAIL**");
        assertThat(overview("index.html")).contains("href=\"com.acme.OrderBookTest/lookup.html\"");
    }

    @Test
    void replacesTheReportOfAnEarlierRun() throws IOException {
        writer.write(report(Invented.LOOKUP, Outcome.FAIL));
        WrittenReport written = writer.write(report(Invented.LOOKUP, Outcome.PASS));

        assertThat(Files.readString(written.json())).contains("\"verdict\": \"PASS\"");
        assertThat(overview("summary.md")).contains("**PASS**").doesNotContain("FAIL");
    }

    @Test
    void forgetsATestBeforeItRunsAgain() throws IOException {
        TestReport report = report(Invented.LOOKUP, Outcome.PASS);
        WrittenReport written = writer.write(report);

        writer.discard(Invented.LOOKUP, report.plan().outputDirectory());

        assertThat(written.json()).doesNotExist();
        assertThat(written.hlog()).doesNotExist();
        assertThat(written.html()).doesNotExist();
        assertThat(written.csv()).doesNotExist();
        assertThat(overview("summary.md")).doesNotContain("lookup");
    }

    @Test
    void putsTheEndOfARunInPlaceOfAnEarlierReport() throws IOException {
        TestReport report = report(Invented.LOOKUP, Outcome.PASS);
        String root = report.plan().outputDirectory();
        WrittenReport written = writer.write(report);

        writer.write(Unfinished.of(Invented.LOOKUP, new IOException("gone")), root);

        assertThat(written.json().getParent())
                .isDirectoryNotContaining(file -> !file.endsWith("lookup.unfinished.json"));
        assertThat(overview("summary.md")).startsWith("### Tail latency: 1 did not finish\n");

        writer.discard(Invented.LOOKUP, root);
        assertThat(written.json().getParent()).isEmptyDirectory();
        assertThat(overview("summary.md")).startsWith("### Tail latency: no report\n");
    }

    @Test
    void forgetsThePageOfARunThatWasCutShortBeforeItsRecord() throws IOException {
        TestReport report = report(Invented.LOOKUP, Outcome.PASS);
        WrittenReport written = writer.write(report);
        Files.delete(written.json());

        writer.discard(report.plan().name(), report.plan().outputDirectory());

        assertThat(written.hlog()).doesNotExist();
        assertThat(written.html()).doesNotExist();
        assertThat(written.csv()).doesNotExist();
        assertThat(overview("summary.md")).doesNotContain("lookup");
    }

    @Test
    void showsAFileThatCannotBeReadRatherThanFailEveryLaterTest() throws IOException {
        writer.write(report(Invented.LOOKUP, Outcome.PASS));
        Path folder = directory.resolve("tailgate/com.acme.OrderBookTest");
        Files.write(folder.resolve("latin.json"), new byte[] {'{', '"', (byte) 0xe9, '"', '}'});
        Files.createDirectory(folder.resolve("folder.json"));

        writer.write(report(name("later", 1), Outcome.PASS));

        assertThat(overview("summary.md"))
                .startsWith("### Tail latency: 2 UNREADABLE, 2 PASS\n")
                .contains("com.acme.OrderBookTest/latin.json | **UNREADABLE**")
                .contains("MalformedInputException")
                .contains("com.acme.OrderBookTest/folder.json | **UNREADABLE**");
    }

    @Test
    void forgetsNothingWhereNothingWasWritten() {
        writer.discard(Invented.LOOKUP, directory.resolve("tailgate").toString());

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void findsASafeAndDistinctFileForEveryName() {
        List<String> odd = List.of(
                "plain",
                "a/b",
                "a:b",
                "../../up",
                "..",
                ".",
                "",
                "tail.",
                "caf\u00e9",
                "x".repeat(1_000),
                "\u0000",
                "a b",
                "a_b");
        Set<Path> files = new HashSet<>();
        for (String name : odd) {
            WrittenReport written = writer.write(report(new TestName("com.acme.Odd$Nested", name, name), Outcome.PASS));
            assertThat(written.json()).exists();
            assertThat(written.json().getParent()).isEqualTo(directory.resolve("tailgate/com.acme.Odd$Nested"));
            files.add(written.json());
        }

        assertThat(files).hasSameSizeAs(odd);
        assertThat(directory.resolve("tailgate/com.acme.Odd$Nested/plain.json")).exists();
    }

    @Test
    void saysWhatToDoWhereTheDirectoryCannotBeWritten() throws IOException {
        Files.writeString(directory.resolve("tailgate"), "a file where a directory belongs");

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> writer.write(report(Invented.LOOKUP, Outcome.FAIL)))
                .withMessageContaining("cannot write the report of OrderBookTest.lookup() in " + directory)
                .withMessageContaining("tailgate/com.acme.OrderBookTest: Not a directory")
                .withMessageContaining("name another one with tailgate.output.dir")
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void refusesADirectoryNameThatNoFileSystemTakes() {
        TestReport report = Invented.in("\u0000", Invented.report(Outcome.FAIL));

        assertThatExceptionOfType(MachineException.class)
                .isThrownBy(() -> writer.write(report))
                .withMessageContaining("tailgate.output.dir");
    }

    @Test
    void losesNothingWhereSeveralThreadsWrite() throws IOException {
        IntStream.range(0, 24).parallel().forEach(i -> writer.write(report(name("thread", i), Outcome.PASS)));

        assertThat(overview("summary.md")).startsWith("### Tail latency: 24 PASS\n");
    }

    @Test
    void losesNothingWhereSeveralJvmsWrite() throws Exception {
        List<Process> jvms = new ArrayList<>();
        for (int jvm = 0; jvm < 3; jvm++) {
            jvms.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OtherJvm.class.getName(),
                            directory.resolve("tailgate").toString(),
                            "jvm" + jvm)
                    .inheritIO()
                    .start());
        }
        for (Process jvm : jvms) {
            assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(jvm.exitValue()).isZero();
        }

        assertThat(overview("summary.md")).startsWith("### Tail latency: 30 PASS\n");
        assertThat(overview("index.html").split("<a href=", -1)).hasSize(31);
    }

    private static TestName name(String prefix, int number) {
        return new TestName("com.acme.ParallelTest", prefix + number, prefix + number);
    }

    /** What another fork of the test run does. */
    static final class OtherJvm {

        private OtherJvm() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < 10; i++) {
                TestReport report = Invented.report(name(arguments[1], i), Invented.bursts(), Outcome.PASS);
                new ReportWriter().write(Invented.in(arguments[0], report));
            }
        }
    }
}
