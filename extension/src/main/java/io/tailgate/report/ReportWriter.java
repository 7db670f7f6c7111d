/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.machine.MachineException;
import io.tailgate.plan.TestName;
import io.tailgate.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes reports into the output directory and reads verdicts back; the only class of this package that touches files, with
 * {@link OutputDirectory} and {@link Comparison}.
 *
 * <p>The JSON file is the report's record: it is taken away first and put in place last, so that whoever sees it sees the
 * page and the log of the same run.
 */
public final class ReportWriter {

    private static final String SECOND_RUN = ".fresh";

    /** Removes what an earlier run of this test left, so that a run that ends without a report shows none. */
    public void discard(TestName test, String outputDirectory) {
        OutputDirectory directory = new OutputDirectory(root(outputDirectory));
        WrittenReport stale = paths(test, outputDirectory);
        try {
            boolean found = Files.deleteIfExists(unfinished(stale));
            found |= delete(stale);
            deleteTree(secondRun(stale));
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

    /**
     * Makes an empty folder beside the report's files, for all that a second run of the test in another process writes.
     *
     * <p>The overview does not look there: it has a row for each test, not for each run.
     */
    public Path folderOfSecondRun(TestName test, String outputDirectory) {
        Path folder = secondRun(paths(test, outputDirectory)).toAbsolutePath();
        try {
            deleteTree(folder);
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw refused("make a folder for the second run", test, outputDirectory, e);
        }
    }

    /** Returns the page of a run whose output directory was {@link #folderOfSecondRun}, as the first run's may link it. */
    public String pageOfSecondRun(TestName test) {
        return ReportFiles.stem(test) + SECOND_RUN + "/" + ReportFiles.folder(test) + "/" + ReportFiles.stem(test)
                + ".html";
    }

    /**
     * Returns the verdict that another process wrote, empty where it left no report.
     *
     * @param like a verdict on the same bounds
     * @throws IllegalArgumentException where its report has none, with what ended that run
     */
    public Optional<Verdict> readVerdict(TestName test, Path outputDirectory, Verdict like) {
        WrittenReport report = paths(test, outputDirectory.toString());
        try {
            if (Files.exists(report.json())) {
                return Optional.of(WrittenVerdict.parse(Files.readString(report.json()), like));
            }
            Path end = unfinished(report);
            if (!Files.exists(end)) {
                return Optional.empty();
            }
            OverviewRow row = OverviewRow.parse(end.toString(), Files.readString(end));
            throw new IllegalArgumentException("it ended with " + String.join("; ", row.bounds()));
        } catch (IOException e) {
            throw new IllegalArgumentException("its report cannot be read: " + e, e);
        }
    }

    private static Path secondRun(WrittenReport report) {
        return withoutExtension(report.json(), SECOND_RUN);
    }

    private static void deleteTree(Path folder) throws IOException {
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> found;
        try (Stream<Path> tree = Files.walk(folder)) {
            found = tree.sorted(Comparator.reverseOrder()).toList(); // what a folder holds before itself
        }
        for (Path path : found) {
            Files.delete(path);
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
        return withoutExtension(report.json(), ".unfinished.json");
    }

    private static Path withoutExtension(Path json, String instead) {
        String name = String.valueOf(json.getFileName());
        return json.resolveSibling(name.substring(0, name.length() - ".json".length()) + instead);
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
