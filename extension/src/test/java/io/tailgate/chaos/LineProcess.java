/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that is spoken to in lines and answers in lines. */
final class LineProcess implements AutoCloseable {

    private static final String END_OF_OUTPUT = "(end of output)";

    private final Process process;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    LineProcess(ProcessBuilder builder) throws IOException {
        process = builder.redirectErrorStream(true).start();
        Thread listener = new Thread(this::listen, "listens to " + process.pid());
        listener.setDaemon(true);
        listener.start();
    }

    long pid() {
        return process.pid();
    }

    /** A process that is gone hears nothing; that it is gone shows elsewhere. */
    void say(String line) {
        try {
            OutputStream input = process.getOutputStream();
            input.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            input.flush();
        } catch (IOException e) {
            heard.add("(deaf: " + e.getMessage() + ")");
        }
    }

    /** Returns what was said up to and with a line that begins so. */
    List<String> hearUntil(String beginning) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        while (true) {
            String line = heard.poll(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(line)
                    .as("waiting for \"%s\" from process %d, which said %s", beginning, process.pid(), lines)
                    .isNotNull();
            lines.add(line);
            if (line.startsWith(beginning)) {
                return lines;
            }
            assertThat(line)
                    .as("waiting for \"%s\" from process %d, which said %s", beginning, process.pid(), lines)
                    .isNotEqualTo(END_OF_OUTPUT);
        }
    }

    /** Returns everything that is said until the process, and all who share its output, have gone. */
    List<String> hearOut() throws InterruptedException {
        return hearUntil(END_OF_OUTPUT);
    }

    void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            heard.add("(deaf: " + e.getMessage() + ")"); // the pipe is closed all the same
        }
    }

    int exitValue() throws InterruptedException {
        assertThat(process.waitFor(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("process %d ends", process.pid())
                .isTrue();
        return process.exitValue();
    }

    private void listen() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                heard.add(line);
            }
        } catch (IOException e) {
            heard.add("(" + e.getMessage() + ")");
        }
        heard.add(END_OF_OUTPUT);
    }

    /** Where it is gone already this does nothing. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
