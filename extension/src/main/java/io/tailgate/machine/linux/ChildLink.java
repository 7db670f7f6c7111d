/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A warden that is a child of this JVM; the standard streams are the link, and nothing of ours is inherited. */
final class ChildLink implements WardenLink {

    private static final int LONGEST_WORDS = 500;
    private static final long GRACE_MS = 1000;

    private final Process process;
    private final String command;

    private ChildLink(Process process, String command) {
        this.process = process;
        this.command = command;
    }

    static ChildLink start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        return new ChildLink(builder.start(), String.join(" ", command));
    }

    @Override
    public String name() {
        return "the warden of " + command;
    }

    @Override
    public InputStream replies() {
        return process.getInputStream();
    }

    @Override
    public OutputStream requests() {
        return process.getOutputStream();
    }

    @Override
    public String lastWords() {
        if (!hasEnded()) {
            return ""; // what holds its error stream open may never close it
        }
        try {
            byte[] words = process.getErrorStream().readNBytes(LONGEST_WORDS);
            return new String(words, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private boolean hasEnded() {
        boolean interrupted = Thread.interrupted();
        try {
            return process.waitFor(GRACE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return !process.isAlive();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * A stopped one would hold on for ever: killed, it leaves its journal to the next warden. One that only waits for its
     * turn to restore does so when it has it, though nobody asks any more.
     */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // the last question could not be flushed any more; the pipe is closed all the same
        }
        if (!hasEnded() && isStopped()) {
            process.destroyForcibly();
        }
    }

    private boolean isStopped() {
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        return ProcStat.read(stat).filter(ProcStat::stopped).isPresent();
    }
}
