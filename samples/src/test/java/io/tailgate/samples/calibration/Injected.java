/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.calibration;

import static io.tailgate.TailBound.percentile;

import io.tailgate.Tailgate;
import java.util.SplittableRandom;

/** One measurement with an {@link Injection}, in a JVM of its own: prints {@link #READY}, then {@link #PAGE} of its report. */
final class Injected {

    static final String READY = "ready";
    static final String PAGE = "page: ";

    static final int CPU = 1;

    /** Five times as often as the bound on p99 allows. */
    static final int ONE_IN = 20;

    /** Some 0.4 ms, so that what else wants the CPU gets it in every tenth iteration. */
    private static final int NUMBERS = 8_000;

    private static final int ITERATIONS = 4_000;
    private static final int WARMUP = 1_000;

    private Injected() {}

    public static void main(String[] arguments) throws Exception {
        Injection injection = Injection.valueOf(arguments[0]);
        Tailgate options = Tailgate.pinnedNuma()
                .cpus(Integer.toString(CPU))
                .maxTailLatency(percentile(99).timesMedian(3.2))
                .iterations(ITERATIONS)
                .warmup(WARMUP);
        SplittableRandom random = new SplittableRandom(7);
        Tailgate.Iteration body = injection.into(new SortingWork(NUMBERS, 1), () -> random.nextInt(ONE_IN) == 0);
        int[] iterations = {0};
        var result = Tailgate.measure(injection.name(), options, () -> {
            if (iterations[0]++ == WARMUP) {
                System.out.println(READY);
            }
            body.run();
        });
        System.out.println(result.text());
        System.out.println(PAGE + result.page());
    }
}
