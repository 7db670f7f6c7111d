/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tailgate.machine.CounterReader;
import io.tailgate.machine.FakeMachine;
import io.tailgate.measure.Measurement.Scope;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RecordingTests {

    private static final int MANY = 100_000;

    @Test
    void allocatesNothingForAnIteration() throws Throwable {
        CounterSource source = new CounterSource(new FakeMachine().counters(), Scope.THREAD);
        Recorder recorder = new Recorder(
                () -> {},
                new SystemNanoClock(),
                new AtomicBoolean(),
                source,
                () -> 0,
                null,
                null,
                BetweenIterations.NONE);
        Recording recording = Recording.ofExactly(2 * MANY, true);
        recorder.run(recording, Until.iterations(MANY), Progress.NONE); // so that it is compiled
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(id);
        recorder.run(recording, Until.iterations(2 * MANY), Progress.NONE);
        long allocated = threads.getThreadAllocatedBytes(id) - before;
        assertThat(recording.iterations()).isEqualTo(2 * MANY);
        assertThat(allocated).isLessThan(MANY / 10); // a few objects for the whole run
    }

    @Test
    void joinsItsChunks() {
        Recording recording = Recording.growing(true);
        long[] start = new long[CounterReader.FIELDS];
        for (int i = 0; i < 40_000; i++) {
            if (recording.isFull()) {
                recording.grow();
            }
            recording.add(10L * i, i);
            recording.addCounters(start, new long[] {i, 1, 2, 3}, i % 2);
        }
        assertThat(recording.latencyNs()).hasSize(40_000).startsWith(0, 1, 2).endsWith(39_998, 39_999);
        assertThat(recording.startNs()).hasSize(40_000).endsWith(399_980, 399_990);
        assertThat(recording.counters()).hasSize(160_000).endsWith(39_999, 1, 2, 3);
        assertThat(recording.collections()).hasSize(40_000).endsWith(0, 1);
    }

    @Test
    void severalAreJoinedInTheOrderOfTheirStartsAcrossTheClocksOverflow() {
        Recording first = of(Long.MAX_VALUE - 5, 1, Long.MAX_VALUE - 1, 3, Long.MIN_VALUE + 3, 5);
        Recording second = of(Long.MAX_VALUE - 3, 2, Long.MIN_VALUE, 4);
        Joined joined = Joined.of(List.of(first, second));
        assertThat(joined.latencyNs()).containsExactly(1, 2, 3, 4, 5);
        assertThat(joined.counters()).containsExactly(1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0);
        assertThat(joined.collections()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void aGrowthBeyondAnIntIsTheLargestInt() {
        Recording recording = Recording.ofExactly(1, true);
        recording.add(0, 1);
        recording.addCounters(new long[4], new long[] {1L << 40, 0, 0, 0}, 0);
        assertThat(recording.counters()).containsExactly(Integer.MAX_VALUE, 0, 0, 0);
    }

    /** Start, latency, start, latency and so on; each counts as many minor faults and collections as its latency. */
    private static Recording of(long... startsAndLatencies) {
        Recording recording = Recording.ofExactly(startsAndLatencies.length / 2, true);
        for (int i = 0; i < startsAndLatencies.length; i += 2) {
            long latency = startsAndLatencies[i + 1];
            recording.add(startsAndLatencies[i], latency);
            recording.addCounters(new long[4], new long[] {latency, 0, 0, 0}, (int) latency);
        }
        return recording;
    }
}
