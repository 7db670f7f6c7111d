/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All harnesses beside each other, as Markdown. */
record NoiseTable(List<Repetitions> harnesses) {

    private static final String HEAD = """
            | harness | n a repetition | p50 ns | p99 ns | p99.9 ns | max ns | cost ns an iteration |
            |---|---|---|---|---|---|---|
            """;

    String toMarkdown() {
        return HEAD + harnesses.stream().map(NoiseTable::row).collect(Collectors.joining());
    }

    private static String row(Repetitions harness) {
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %s | %s | %s | %s | %s |%n",
                harness.name(),
                harness.spread(Latencies::n).median(),
                harness.spread(Latencies::p50),
                harness.spread(Latencies::p99),
                harness.spread(Latencies::p999),
                harness.spread(Latencies::max),
                harness.cost());
    }
}
