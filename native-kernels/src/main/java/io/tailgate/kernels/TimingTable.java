/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@link NetworkTiming} as text for a terminal. */
final class TimingTable {

    private static final String NONE = "-";

    private final NetworkTiming timing;
    private final String rate;

    /** @param rate what a thousand million operations a second are called, e.g. {@code GFLOP/s} */
    TimingTable(NetworkTiming timing, String rate) {
        this.timing = timing;
        this.rate = rate;
    }

    /** Returns a row for each line, times in milliseconds of one layer; the shares add up to 100 %. */
    String of(List<NetworkTiming.Line> lines) {
        double sum =
                lines.stream().mapToDouble(NetworkTiming.Line::sumOfAveragesMs).sum();
        String head = row("layer, forward time in ms", "shape", "n", "min", "average", "p50", "p99", rate, "%");
        return lines.stream().map(line -> row(line, sum)).collect(Collectors.joining("", head, ""));
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-30s %-34s %7s %9s %9s %9s %9s %8s %6s%n", cells);
    }

    private static String row(NetworkTiming.Line line, double sumMs) {
        Times times = line.times();
        double flops = line.first().flops();
        return row(
                line.name(),
                line.first().shape(),
                times.n(),
                ms(times.minMs()),
                ms(times.averageMs()),
                times.percentileMs(500).map(TimingTable::ms).orElse(NONE),
                times.percentileMs(990).map(TimingTable::ms).orElse(NONE),
                flops == 0 ? NONE : decimal(1, flops / times.averageMs() / 1e6),
                decimal(1, 100 * line.sumOfAveragesMs() / sumMs));
    }

    /** Returns what a whole run takes, and how much more the layers take one by one. */
    String summary() {
        Times whole = timing.whole();
        double alone = timing.everyLayer().stream()
                .mapToDouble(NetworkTiming.Line::sumOfAveragesMs)
                .sum();
        return String.format(
                Locale.ROOT,
                "whole network, n = %d: min %s ms, average %s ms%s, max %s ms; %s %s%s%n"
                        + "layers one by one: %s ms, %+.1f %%, each with a start and an end of its own%n",
                whole.n(),
                ms(whole.minMs()),
                ms(whole.averageMs()),
                percentiles(whole.percentilesMs()),
                ms(whole.maxMs()),
                decimal(1, timing.flops() / whole.averageMs() / 1e6),
                rate,
                missing(whole).orElse(""),
                ms(alone),
                100 * (alone / whole.averageMs() - 1));
    }

    /** Returns a line for each native thread: what it did in all iterations. */
    String workers() {
        return timing.workers().stream().map(TimingTable::worker).collect(Collectors.joining());
    }

    private static String worker(WorkerCounters worker) {
        long nanos = worker.busyNanos() + worker.waitingNanos();
        return String.format(
                Locale.ROOT,
                "CPU %d, thread %d: %s ms in work, of that %s %% waiting for other threads; without its CPU %s; %d involuntary"
                        + " switches, %d minor faults%n",
                worker.cpu(),
                worker.threadId(),
                ms(nanos / 1e6),
                decimal(1, 100.0 * worker.waitingNanos() / nanos),
                worker.runDelayNanos().isEmpty()
                        ? "not counted by this kernel"
                        : ms(worker.runDelayNanos().getAsLong() / 1e6) + " ms",
                worker.involuntarySwitches(),
                worker.minorFaults());
    }

    private static String percentiles(Map<String, Double> percentilesMs) {
        return percentilesMs.entrySet().stream()
                .map(percentile -> ", " + percentile.getKey() + " " + ms(percentile.getValue()) + " ms")
                .collect(Collectors.joining());
    }

    private static Optional<String> missing(Times whole) {
        return whole.percentileMs(990).isPresent() ? Optional.empty() : Optional.of("; p99 needs 100 iterations");
    }

    private static String ms(double milliseconds) {
        return decimal(3, milliseconds);
    }

    private static String decimal(int places, double value) {
        return String.format(Locale.ROOT, "%." + places + "f", value);
    }
}
