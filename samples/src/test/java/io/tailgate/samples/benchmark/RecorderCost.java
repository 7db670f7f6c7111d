/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.benchmark;

import com.sun.management.ThreadMXBean;
import io.tailgate.machine.Machine;
import io.tailgate.machine.linux.Machines;
import io.tailgate.measure.Body;
import io.tailgate.measure.Instruments;
import io.tailgate.measure.IterationLoop;
import io.tailgate.measure.Progress;
import io.tailgate.plan.SamplingPlan;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What an iteration of an empty body costs, the clock included: without counters, with those of the thread, and with
 * the garbage collections beside them; interleaved in one process. The first and the last run of the body read the
 * clock and the bytes that the thread has allocated, so that set-up and evaluation do not count.
 */
final class RecorderCost {

    private static final int ITERATIONS = 500_000;
    private static final int ROUNDS = 21;

    private RecorderCost() {}

    public static void main(String[] arguments) throws Throwable {
        Machine machine = Machines.ofThisHost();
        Instruments withCollections =
                new Instruments(null, machine.gcCollections().orElse(null), Progress.NONE, null, true);
        List<Subject> subjects = List.of(
                new Subject("latencies alone", new IterationLoop(machine, Instruments.NONE)),
                new Subject("with the thread's counters", new IterationLoop(machine, Instruments.COUNTERS_ONLY)),
                new Subject("with counters and collections", new IterationLoop(machine, withCollections)));
        for (int round = 0; round < ROUNDS; round++) {
            for (Subject subject : subjects) {
                subject.measure(round);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "recorder cost an iteration, empty body, %d rounds of %,d iterations, Java %s%n",
                ROUNDS,
                ITERATIONS,
                Runtime.version());
        subjects.forEach(System.out::println);
    }

    /** One way to record, and what each round saw. */
    private static final class Subject {

        private final String name;
        private final IterationLoop loop;
        private final double[] nanoseconds = new double[ROUNDS];
        private long bytes;

        Subject(String name, IterationLoop loop) {
            this.name = name;
            this.loop = loop;
        }

        void measure(int round) throws Throwable {
            SamplingPlan plan = new SamplingPlan(ITERATIONS, 0, Duration.ofDays(1), 1);
            EmptyBody body = new EmptyBody();
            loop.measure(plan, body, loop.warmUp(plan, body));
            nanoseconds[round] = (double) body.nanoseconds / (ITERATIONS - 1);
            bytes = body.bytes; // of the last round: compiled code, as in a long run
        }

        @Override
        public String toString() {
            double[] sorted = nanoseconds.clone();
            Arrays.sort(sorted);
            return String.format(
                    Locale.ROOT,
                    "  %-30s median %6.1f ns, best %6.1f ns, worst round %6.1f ns; %.3f bytes allocated",
                    name,
                    sorted[ROUNDS / 2],
                    sorted[0],
                    sorted[ROUNDS - 1],
                    (double) bytes / (ITERATIONS - 1));
        }
    }

    /** Counts its runs, and takes stock in the first and in the last. */
    private static final class EmptyBody implements Body {

        private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        private int runs;
        private long nanoseconds;
        private long bytes;

        @Override
        public void run() {
            runs++;
            if (runs == 1) {
                bytes = -THREADS.getCurrentThreadAllocatedBytes();
                nanoseconds = -System.nanoTime();
            } else if (runs == ITERATIONS) {
                nanoseconds += System.nanoTime();
                bytes += THREADS.getCurrentThreadAllocatedBytes();
            }
        }
    }
}
