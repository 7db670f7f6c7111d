/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Where a warden says that it is about to stop itself, and at which point. */
final class StopFifo implements AutoCloseable {

    private static final String END = "end";

    private final Path path;
    private final RandomAccessFile fifo;
    private final BlockingQueue<String> stops = new LinkedBlockingQueue<>();

    StopFifo(Path path) throws IOException, InterruptedException {
        this.path = path;
        assertThat(new ProcessBuilder("mkfifo", path.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .as("mkfifo")
                .isZero();
        fifo = new RandomAccessFile(path.toFile(), "rw"); // open for writing too, so that it never ends
        Thread reader = new Thread(this::read, "stops");
        reader.setDaemon(true);
        reader.start();
    }

    Path path() {
        return path;
    }

    /** Returns the warden that has come to this point, once it stands still. */
    long await(FaultPoint point) throws InterruptedException {
        String line = stops.poll(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(line).as("the word of a warden that stops at " + point).isNotNull();
        long warden = Long.parseLong(line.substring(0, line.indexOf(' ')));
        assertThat(line).isEqualTo(warden + " " + point.wardenName());
        Waiting.until(() -> ProcessState.isStopped(warden), () -> "warden " + warden + " stops at " + point);
        return warden;
    }

    /** What is left of a round that went wrong. */
    void forget() {
        stops.clear();
    }

    private void read() {
        try (fifo) {
            String line = fifo.readLine();
            while (!END.equals(line)) {
                stops.add(line);
                line = fifo.readLine();
            }
        } catch (IOException e) {
            stops.add("0 " + e);
        }
    }

    @Override
    public void close() throws IOException {
        fifo.write((END + "\n").getBytes(StandardCharsets.US_ASCII)); // its reader closes it
    }
}
