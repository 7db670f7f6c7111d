/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/** Tailgate through JUnit, with everything that a run has: guard, counters, report. */
final class TailgateHarness implements Harness {

    static final int ITERATIONS = 500_000;
    static final int COUNTED = 200_000;

    private final Path output;

    /** Expects the reports in {@code output}, the {@code tailgate.output.dir} of this JVM. */
    TailgateHarness(Path output) {
        this.output = output;
    }

    @Override
    public String name() {
        return "Tailgate";
    }

    @Override
    public String description() {
        return "this build, through JUnit, with the thread's counters";
    }

    @Override
    public Latencies timeEmpty() throws IOException {
        Launch.method(TailgateBodies.Empty.class, "empty");
        Path report = output.resolve(TailgateBodies.Empty.class.getName()).resolve("empty.json");
        JsonNode latency = new ObjectMapper().readTree(report.toFile()).required("latencyNs");
        return new Latencies(
                latency.required("n").asLong(),
                latency.required("p50").asDouble(),
                latency.required("p99").asDouble(),
                latency.required("p999").asDouble(),
                latency.required("max").asDouble());
    }

    @Override
    public double costNs() {
        TailgateBodies.Counted.body = new CountedBody(COUNTED, COUNTED);
        Launch.method(TailgateBodies.Counted.class, "counted");
        return TailgateBodies.Counted.body.costNs();
    }
}
