/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.machine.CounterReader;
import io.tailgate.measure.Measurement;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as its charts show it: each iteration, or of a long run each of a few equal stretches, no extreme left out.
 *
 * @param faults the most minor faults of an iteration in each stretch; null where none were counted
 */
@SuppressWarnings("ArrayRecordComponent") // drawn and dropped; never compared
record Timeline(int iterations, long[] least, long[] greatest, long @Nullable [] faults) {

    /** Fewer columns than pixels, so that single iterations stay apart. */
    static final int MOST_COLUMNS = 900;

    private static final String HEAD = "first_iteration,iterations,least_ns,greatest_ns,most_minor_faults";

    static Timeline of(Measurement measured) {
        int n = measured.iterations();
        Envelope latency = Envelope.of(n, MOST_COLUMNS, i -> measured.latencyNs()[i]);
        Envelope faults = Envelope.of(
                n, MOST_COLUMNS, i -> measured.hasCounters() ? measured.counter(i, CounterReader.MINOR_FAULTS) : 0);
        return new Timeline(n, latency.least(), latency.greatest(), measured.hasCounters() ? faults.greatest() : null);
    }

    /** Reads what {@link #csv()} has written. */
    static Timeline parse(String csv) {
        List<String> lines = csv.lines().toList();
        if (lines.size() < 2 || !lines.get(0).equals(HEAD)) {
            throw new IllegalArgumentException("not a timeline of Tailgate: wanted a first line \"" + HEAD
                    + "\" and more, found "
                    + (lines.isEmpty() ? "nothing" : "\"" + lines.get(0) + "\" and " + (lines.size() - 1) + " more"));
        }
        long[][] rows = lines.stream().skip(1).map(Timeline::row).toArray(long[][]::new);
        boolean counted = Arrays.stream(rows).allMatch(row -> row.length == 5);
        return new Timeline(
                (int) Arrays.stream(rows).mapToLong(row -> row[1]).sum(),
                column(rows, 2),
                column(rows, 3),
                counted ? column(rows, 4) : null);
    }

    private static long[] row(String line) {
        try {
            long[] row =
                    Arrays.stream(line.split(",")).mapToLong(Long::parseLong).toArray();
            if (row.length >= 4) {
                return row;
            }
        } catch (NumberFormatException e) {
            // told below, with the line
        }
        throw new IllegalArgumentException("not a timeline of Tailgate: wanted a row of " + HEAD + ", found " + line);
    }

    private static long[] column(long[][] rows, int index) {
        return Arrays.stream(rows).mapToLong(row -> row[index]).toArray();
    }

    int columns() {
        return least.length;
    }

    long mostFaults() {
        return faults == null ? 0 : Arrays.stream(faults).max().orElse(0);
    }

    long highest() {
        return Arrays.stream(greatest).max().orElse(0);
    }

    /** One row a column of the charts; the last field is empty where no faults were counted. */
    String csv() {
        StringBuilder csv = new StringBuilder(HEAD).append('\n');
        for (int column = 0; column < columns(); column++) {
            int first = Envelope.start(column, columns(), iterations);
            csv.append(first).append(',').append(Envelope.start(column + 1, columns(), iterations) - first);
            csv.append(',')
                    .append(least[column])
                    .append(',')
                    .append(greatest[column])
                    .append(',');
            csv.append(faults == null ? "" : faults[column]).append('\n');
        }
        return csv.toString();
    }
}
