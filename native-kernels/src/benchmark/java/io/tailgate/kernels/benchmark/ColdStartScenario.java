/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import io.tailgate.kernels.Precision;
import io.tailgate.kernels.ResNet152;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** From nothing to the first answer: load the library, build the network, calibrate, run once. */
record ColdStartScenario(Precision precision, int threads) implements Scenario {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int PROCESSES = 3;
    private static final int BATCH = 8;

    @Override
    public String name() {
        return "cold-start-" + precision.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Hold hold() {
        return Hold.NOTHING;
    }

    @Override
    public int processes() {
        return PROCESSES;
    }

    @Override
    public ScenarioResult measure(int rounds) {
        long start = System.nanoTime();
        try (ResNet152 ours =
                ResNet152.builder().precision(precision).batch(BATCH).build()) {
            double built = (System.nanoTime() - start) / NANOS_PER_MILLI;
            ours.run();
            double answered = (System.nanoTime() - start) / NANOS_PER_MILLI;
            return new ScenarioResult(
                    name(),
                    "Cold start, %s, batch %d, all CPUs, each in a process of its own".formatted(precision, BATCH),
                    false,
                    List.of(
                            new Measured(Maker.OURS, "loaded, built, calibrated", 0, List.of(built), Map.of(), null),
                            new Measured(Maker.OURS, "first answer", 0, List.of(answered), Map.of(), null)),
                    List.of(),
                    List.of(),
                    List.of("libtailgate_kernels.so has %,d bytes".formatted(Environment.libraryBytes())));
        }
    }
}
