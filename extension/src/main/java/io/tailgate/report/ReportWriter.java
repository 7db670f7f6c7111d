/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.machine.MachineException;
import io.tailgate.plan.TestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Writes reports into the output directory; the only class of this package that touches files, with
 * {@link OutputDirectory} and {@link Comparison}.
 *
 * <p>The JSON file is the report's record: it is taken away first and put in place last, so that whoever sees it sees the
 * page and the log of the same run.
 */
public final class ReportWriter {

    /** Removes what an earlier run of this test left, so that a run that ends without a report shows none. */
    public void discard(TestName test, String outputDirectory) {
        OutputDirectory directory = new OutputDirectory(root(outputDirectory));
        WrittenReport stale = paths(test, outputDirectory);
        try {
            boolean found = Files.deleteIfExists(unfinished(stale));
            found |= delete(stale);
            if (found) {
                directory.refreshOverview();
            }
        } catch (IOException e) {
            throw refused("remove the earlier report", test, outputDirectory, e);
        }
    }

    /** Writes JSON, log, page and timeline of {@code report}, then the directory's overview. */
    public WrittenReport write(TestReport report) {
        LatencyFigures figures = LatencyFigures.of(report.measured());
        String json = JsonReport.render(report, figures);
        String hlog = HlogReport.render(report);
        String html = HtmlReport.render(report, figures);
        String csv = Timeline.of(report.measured()).csv();
        TestName test = report.plan().name();
        String outputDirectory = report.plan().outputDirectory();
        OutputDirectory directory = new OutputDirectory(root(outputDirectory));
        WrittenReport written = paths(test, outputDirectory);
        try {
            Files.createDirectories(parent(written.json()));
            Files.deleteIfExists(written.json());
            directory.replace(written.hlog(), hlog);
            directory.replace(written.html(), html);
            directory.replace(written.csv(), csv);
            directory.replace(written.json(), json);
            directory.refreshOverview();
        } catch (IOException e) {
            throw refused("write the report", test, outputDirectory, e);
        }
        return written;
    }

    /** Puts in place of any report of the test that it ended without one, then makes the directory's overview. */
    public void write(Unfinished test, String outputDirectory) {
        OutputDirectory directory = new OutputDirectory(root(outputDirectory));
        WrittenReport stale = paths(test.test(), outputDirectory);
        try {
            Files.createDirectories(parent(stale.json()));
            delete(stale);
            directory.replace(unfinished(stale), test.json());
            directory.refreshOverview();
        } catch (IOException e) {
            throw refused("write the end", test.test(), outputDirectory, e);
        }
    }

    private static boolean delete(WrittenReport stale) throws IOException {
        boolean found = Files.deleteIfExists(stale.json());
        found |= Files.deleteIfExists(stale.hlog()); // also of a run that ended before its record was in place
        found |= Files.deleteIfExists(stale.html());
        found |= Files.deleteIfExists(stale.csv());
        return found;
    }

    private static Path unfinished(WrittenReport report) {
        String json = String.valueOf(report.json().getFileName());
        return report.json().resolveSibling(json.substring(0, json.length() - ".json".length()) + ".unfinished.json");
    }

    private static Path root(String outputDirectory) {
        try {
            return Path.of(outputDirectory);
        } catch (InvalidPathException e) {
            throw new MachineException(
                    "cannot write reports to \"" + outputDirectory + "\": " + e.getReason()
                            + "; name a directory with tailgate.output.dir",
                    e);
        }
    }

    private static WrittenReport paths(TestName test, String outputDirectory) {
        Path folder = root(outputDirectory).resolve(ReportFiles.folder(test));
        String stem = ReportFiles.stem(test);
        return new WrittenReport(
                folder.resolve(stem + ".json"),
                folder.resolve(stem + ".hlog"),
                folder.resolve(stem + ".html"),
                folder.resolve(stem + ".csv"));
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent(), "a report lies in a folder");
    }

    private static MachineException refused(String what, TestName test, String outputDirectory, IOException why) {
        Path directory = root(outputDirectory).toAbsolutePath();
        return new MachineException(
                "cannot " + what + " of " + test + " in " + directory + ": " + why
                        + "; make the directory writable, or name another one with tailgate.output.dir",
                why);
    }
}
