/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What one harness showed in every repetition. */
record Repetitions(String name, String description, List<Latencies> latencies, List<Double> costsNs) {

    static Repetitions of(Harness harness) {
        return new Repetitions(harness.name(), harness.description(), new ArrayList<>(), new ArrayList<>());
    }

    void add(Harness harness) throws Exception {
        latencies.add(harness.timeEmpty());
        costsNs.add(harness.costNs());
    }

    Spread spread(ToDoubleFunction<Latencies> figure) {
        return Spread.of(latencies.stream().mapToDouble(figure).toArray());
    }

    Spread cost() {
        return Spread.of(costsNs.stream().mapToDouble(cost -> cost).toArray());
    }
}
