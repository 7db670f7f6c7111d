/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import java.util.function.IntToLongFunction;

/**
 * The least and greatest value of each of a few equal stretches of a long series: what a chart has room for, without
 * losing any extreme.
 *
 * @param greatestAt index in the series of each stretch's greatest value
 */
@SuppressWarnings("ArrayRecordComponent") // drawn and dropped; never compared
record Envelope(long[] least, long[] greatest, int[] greatestAt) {

    static Envelope of(int n, int mostColumns, IntToLongFunction series) {
        int columns = Math.min(n, mostColumns);
        Envelope envelope = new Envelope(new long[columns], new long[columns], new int[columns]);
        for (int column = 0; column < columns; column++) {
            envelope.fill(column, start(column, columns, n), start(column + 1, columns, n), series);
        }
        return envelope;
    }

    /** Returns the index in the series at which this column begins. */
    static int start(int column, int columns, int n) {
        return (int) ((long) column * n / columns);
    }

    private void fill(int column, int from, int to, IntToLongFunction series) {
        least[column] = Long.MAX_VALUE;
        greatest[column] = Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            long value = series.applyAsLong(i);
            least[column] = Math.min(least[column], value);
            if (value > greatest[column]) {
                greatest[column] = value;
                greatestAt[column] = i;
            }
        }
    }

    int columns() {
        return least.length;
    }
}
