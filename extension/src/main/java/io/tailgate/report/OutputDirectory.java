/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A directory of reports with its overview, shared by all JVMs of a build.
 *
 * <p>The overview is made anew from the JSON files that are there, under a lock, after each report: whoever comes last
 * sees the reports of all, so nothing is lost whatever the order.
 */
final class OutputDirectory {

    /** Two threads of one JVM may not ask for the same file lock; the lock file keeps other JVMs out. */
    private static final Object THIS_JVM = new Object();

    private final Path root;

    OutputDirectory(Path root) {
        this.root = root;
    }

    /** Puts {@code text} in place of {@code file} at once: a reader sees the old text or the new one, nothing between. */
    void replace(Path file, String text) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent(), "a report lies in a folder");
        // not createTempFile, whose files only their owner may read: a report is for whoever may read the folder
        Path unfinished = folder.resolve("." + UUID.randomUUID() + ".tmp");
        try {
            Files.writeString(unfinished, text, UTF_8, CREATE_NEW, WRITE);
            move(unfinished, file);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) { // some network file systems
            Files.move(from, to, REPLACE_EXISTING);
        }
    }

    /** Makes {@code index.html} and {@code summary.md} say what the directory holds now. */
    void refreshOverview() throws IOException {
        synchronized (THIS_JVM) {
            try (FileChannel channel = FileChannel.open(root.resolve(".lock"), CREATE, WRITE);
                    FileLock lock = channel.lock()) {
                Objects.requireNonNull(lock, "an exclusive lock is waited for");
                List<OverviewRow> rows = rows();
                replace(root.resolve("index.html"), IndexPage.render(rows));
                replace(root.resolve("summary.md"), SummaryTable.render(rows));
            }
        }
    }

    private List<OverviewRow> rows() throws IOException {
        List<OverviewRow> rows = new ArrayList<>();
        for (Path file : reports()) {
            row(file).ifPresent(rows::add);
        }
        rows.sort(OverviewRow.WORST_FIRST);
        return rows;
    }

    /** Makes a row of each file, whatever it is: one that cannot be read must not fail the tests that come later. */
    private Optional<OverviewRow> row(Path file) {
        String path = root.relativize(file).toString().replace('\\', '/');
        try {
            return Optional.of(OverviewRow.parse(path, Files.readString(file)));
        } catch (NoSuchFileException e) { // another JVM is replacing it and will make the overview anew
            return Optional.empty();
        } catch (IOException e) { // no UTF-8, not allowed, a folder
            return Optional.of(OverviewRow.unreadable(path, e.toString()));
        }
    }

    /** Asks for names only: a file that another JVM is putting in place may be gone before it could be asked more. */
    private List<Path> reports() throws IOException {
        List<Path> reports = new ArrayList<>();
        for (Path folder : entries(root, "*")) {
            if (Files.isDirectory(folder)) {
                reports.addAll(entries(folder, "*.json"));
            }
        }
        return reports;
    }

    private static List<Path> entries(Path folder, String glob) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }
}
