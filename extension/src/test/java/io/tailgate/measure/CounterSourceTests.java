/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.CounterReader;
import io.tailgate.measure.Measurement.Scope;
import org.junit.jupiter.api.Test;

class CounterSourceTests {

    /** Counted 5, 6, 7, 8 for the thread and 15, 16, 17, 18 for the process. */
    private static final CounterReader READER = new CounterReader() {
        @Override
        public void readThread(long[] counters, int offset) {
            for (int field = 0; field < FIELDS; field++) {
                counters[offset + field] = 5L + field;
            }
        }

        @Override
        public void readProcess(long[] counters, int offset) {
            for (int field = 0; field < FIELDS; field++) {
                counters[offset + field] = 15L + field;
            }
        }

        @Override
        public long othersCpuNs() {
            return 0;
        }
    };

    private static long[] read(Scope scope) {
        long[] totals = new long[CounterReader.FIELDS];
        new CounterSource(READER, scope, () -> 4).read(totals);
        return totals;
    }

    @Test
    void takesOwnSleepsOffWhatTheProcessDid() {
        assertThat(read(Scope.PROCESS)).containsExactly(15, 16, 13, 18);
    }

    @Test
    void leavesAThreadsCountersAlone() {
        assertThat(read(Scope.THREAD)).containsExactly(5, 6, 7, 8);
    }
}
