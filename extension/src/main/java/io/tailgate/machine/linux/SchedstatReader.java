/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import io.tailgate.machine.RunDelayReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@link RunDelayReader} by {@code /proc/thread-self/schedstat}: time on a CPU, time waiting for one, both in
 * nanoseconds, and the number of time slices.
 *
 * <p>The file stays open, so that a read is a seek and a read; opened, it is the opening thread's, whoever reads it.
 *
 * @see <a href="https://docs.kernel.org/scheduler/sched-stats.html">Scheduler Statistics</a>
 */
final class SchedstatReader implements RunDelayReader {

    private static final int LONGEST = 64; // two numbers of at most 20 digits and one more

    private final Path path;
    private final RandomAccessFile file;
    private final byte[] line = new byte[LONGEST];

    private SchedstatReader(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /** Returns a reader, empty where the kernel keeps no such statistics (CONFIG_SCHED_INFO). */
    static Optional<RunDelayReader> open(Path path) {
        try {
            return Optional.of(new SchedstatReader(path, new RandomAccessFile(path.toFile(), "r")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public long runDelayNs() {
        try {
            file.seek(0);
            return secondNumber(line, file.read(line));
        } catch (IOException e) {
            throw new MachineException("cannot read the waits for a CPU from " + path + ": " + e, e);
        }
    }

    /** Returns the second of the numbers in {@code line}, without making a string of it. */
    private long secondNumber(byte[] line, int length) {
        int at = 0;
        while (at < length && line[at] != ' ') {
            at++;
        }
        long number = 0;
        int first = ++at;
        while (at < length && line[at] >= '0' && line[at] <= '9') {
            number = 10 * number + line[at++] - '0';
        }
        if (at <= first) {
            throw new MachineException("found no second number in " + path + ", where the waits for a CPU are");
        }
        return number;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
