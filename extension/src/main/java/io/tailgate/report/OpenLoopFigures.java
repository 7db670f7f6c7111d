/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.measure.Measurement;
import io.tailgate.measure.OpenLoop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What reports say of an open loop: the rate, the times beside the response times, and how well both went together. */
record OpenLoopFigures(
        OpenLoop loop, LatencyFigures response, LatencyFigures service, LatencyFigures lag, int delayed) {

    /** Returns the figures of an open loop, empty of a closed one. */
    static Optional<OpenLoopFigures> of(Measurement measured) {
        OpenLoop loop = measured.openLoop();
        return loop == null
                ? Optional.empty()
                : Optional.of(new OpenLoopFigures(
                        loop,
                        LatencyFigures.of(measured),
                        LatencyFigures.of(loop.serviceNs()),
                        LatencyFigures.of(loop.lagNs()),
                        loop.delayed(measured.latencyNs())));
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("rate", loop.rate().text());
        fields.put("perSecond", loop.rate().perSecond());
        fields.put("spacing", loop.rate().spacing());
        fields.put("serviceNs", json(service));
        fields.put("lagNs", json(lag));
        fields.put("delayed", delayed);
        fields.put("delayedFromNs", loop.delayedFromNs());
        fields.put("notRun", loop.notRun());
        fields.put("utilisation", loop.utilisation());
        return fields;
    }

    private static Map<String, @Nullable Object> json(LatencyFigures figures) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("n", figures.iterations());
        fields.put("p50", figures.p50());
        fields.put("p90", figures.p90());
        fields.put("p99", figures.p99());
        fields.put("p999", figures.p999());
        fields.put("max", figures.max());
        return fields;
    }

    /** Returns all of it in one sentence. */
    String inWords() {
        return summary() + "; service time " + inWords(service) + "; generator's lag " + inWords(lag) + ", n = "
                + Durations.count(lag.iterations());
    }

    /** {@code open loop at 200/s, fixed spacing: caller utilised by 15 %, 2 of 2,000 iterations began 500 us late or more}. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "open loop at %s, %s spacing: utilisation %s, %s of %s iterations began %s late or more%s",
                loop.rate().text(),
                loop.rate().spacing(),
                Durations.percent(loop.utilisation()),
                Durations.count(delayed),
                Durations.count(loop.iterations()),
                Durations.format(loop.delayedFromNs()),
                loop.notRun() == 0 ? "" : ", " + Durations.count(loop.notRun()) + " were not run");
    }

    private static String inWords(LatencyFigures figures) {
        return "p50 " + Durations.format(figures.p50()) + ", p99 " + Durations.format(figures.p99()) + ", max "
                + Durations.format(figures.max());
    }

    List<List<String>> rows() {
        return List.of(
                row("response time, from the intended start to the end", response),
                row("service time, from the start to the end", service),
                row("the generator's own lag", lag));
    }

    private static List<String> row(String name, LatencyFigures figures) {
        return List.of(
                name,
                Durations.count(figures.iterations()),
                Durations.format(figures.p50()),
                Durations.format(figures.p90()),
                Durations.format(figures.p99()),
                Durations.format(figures.p999()),
                Durations.format(figures.max()));
    }
}
