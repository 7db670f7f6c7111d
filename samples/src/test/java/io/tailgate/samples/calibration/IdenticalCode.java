/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.calibration;

import static io.tailgate.TailBound.percentile;

import io.tailgate.Tailgate;
import io.tailgate.TailgateResult.Verdict;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often a gate cries wolf on a busy machine, and how often it finds what it is for: one body, measured again and again
 * beside processes that want every CPU all the time.
 *
 * <p>Three in a hundred iterations sort twice as many numbers as the others, and the bound on p99 allows some 3.2 times
 * the median's time: unchanged code is within it. In the regressed code these iterations take twice as long. Properties:
 * {@code identical.runs}, {@code regressed.runs}, {@code hogs}. Exits with 1 when a promise is broken.
 */
final class IdenticalCode {

    private static final int IDENTICAL = Integer.getInteger("identical.runs", 300);
    private static final int REGRESSED = Integer.getInteger("regressed.runs", 100);
    private static final int HOGS =
            Integer.getInteger("hogs", Runtime.getRuntime().availableProcessors());
    private static final int NUMBERS = 1_000;
    private static final int ITERATIONS = 10_000;
    private static final double ALLOWED = 3.2;

    private final Tailgate options = Tailgate.pinnedNuma()
            .cpuCount(1)
            .maxTailLatency(percentile(99).timesMedian(ALLOWED))
            .iterations(ITERATIONS)
            .warmup(1_000);

    private IdenticalCode() {}

    public static void main(String[] arguments) throws Exception {
        IdenticalCode experiment = new IdenticalCode();
        experiment.run("unchanged code, machine as it is, to warm up", new SortingWork(NUMBERS, 2), 10);
        Counts identical;
        Counts regressed;
        try (Hogs hogs = Hogs.anywhere(HOGS)) {
            identical = experiment.run("unchanged code, busy machine", new SortingWork(NUMBERS, 2), IDENTICAL);
            regressed = experiment.run("tail twice as slow, busy machine", new SortingWork(NUMBERS, 4), REGRESSED);
            hogs.requireAlive();
        }
        boolean kept = identical.of(Verdict.FAIL) == 0
                && regressed.of(Verdict.FAIL) >= 0.95 * REGRESSED
                && regressed.of(Verdict.PASS) == 0;
        System.out.println(kept ? "promises kept" : "PROMISE BROKEN");
        System.exit(kept ? 0 : 1);
    }

    private Counts run(String name, Tailgate.Iteration body, int runs) throws Exception {
        Counts counts = new Counts();
        for (int run = 0; run < runs; run++) {
            var result = Tailgate.measure(name, options, body);
            counts.add(result.verdict(), ReportFile.beside(result.page()));
        }
        System.out.printf(
                Locale.ROOT, "%s, %d runs of n = %,d beside %d hogs:%n%s", name, runs, ITERATIONS, HOGS, counts);
        return counts;
    }

    /** How the runs were answered, and in which words. */
    private static final class Counts {

        private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        private final Map<String, Integer> words = new TreeMap<>();

        void add(Verdict verdict, ReportFile report) throws IOException {
            verdicts.merge(verdict, 1, Integer::sum);
            if (verdict != Verdict.PASS) {
                report.reasons()
                        .forEach(reason ->
                                words.merge(verdict + ": " + reason.replaceAll("[0-9][0-9.,]*", "#"), 1, Integer::sum));
            }
        }

        int of(Verdict verdict) {
            return verdicts.getOrDefault(verdict, 0);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("  " + verdicts + "\n");
            words.forEach((reason, times) ->
                    text.append("  ").append(times).append(" x ").append(reason).append('\n'));
            return text.toString();
        }
    }
}
