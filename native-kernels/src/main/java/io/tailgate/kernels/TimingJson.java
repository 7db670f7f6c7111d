/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@link NetworkTiming} as JSON; this module has no library for that, and needs none to write. */
final class TimingJson {

    private TimingJson() {}

    static String of(Map<String, Object> header, NetworkTiming timing, List<NetworkTiming.Line> lines) {
        double sumMs =
                lines.stream().mapToDouble(NetworkTiming.Line::sumOfAveragesMs).sum();
        Map<String, Object> whole = figures(timing.whole(), timing.flops());
        whole.put("times_ns", Arrays.stream(timing.wholeInOrder()).boxed().toList());
        Map<String, Object> all = new LinkedHashMap<>(header);
        all.put("whole", whole);
        all.put("lines", lines.stream().map(line -> line(line, sumMs)).toList());
        all.put("workers", timing.workers().stream().map(TimingJson::worker).toList());
        return text(all) + "\n";
    }

    private static Map<String, Object> worker(WorkerCounters worker) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("cpu", worker.cpu());
        members.put("thread_id", worker.threadId());
        members.put("rounds", worker.rounds());
        members.put("busy_ns", worker.busyNanos());
        members.put("waiting_ns", worker.waitingNanos());
        worker.runDelayNanos().ifPresent(nanos -> members.put("run_delay_ns", nanos));
        members.put("voluntary_switches", worker.voluntarySwitches());
        members.put("involuntary_switches", worker.involuntarySwitches());
        members.put("minor_faults", worker.minorFaults());
        return members;
    }

    private static Map<String, Object> line(NetworkTiming.Line line, double sumMs) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("first_layer", line.first().name());
        members.put("shape", line.first().shape());
        members.put("layers", line.layers());
        members.put("share", line.sumOfAveragesMs() / sumMs);
        members.putAll(figures(line.times(), line.first().flops()));
        return members;
    }

    private static Map<String, Object> figures(Times times, double flops) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("n", times.n());
        members.put("min_ms", times.minMs());
        members.put("average_ms", times.averageMs());
        times.percentilesMs().forEach((percentile, ms) -> members.put(percentile + "_ms", ms));
        members.put("max_ms", times.maxMs());
        members.put("flops", flops);
        members.put("flops_per_second", flops / times.averageMs() * 1e3);
        return members;
    }

    /** Writes maps, lists, numbers and strings: the only values there are here. */
    private static String text(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<String> members = new ArrayList<>();
            map.forEach((name, of) -> members.add(quoted(String.valueOf(name)) + ": " + text(of)));
            return "{" + String.join(", ", members) + "}";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(TimingJson::text).collect(Collectors.joining(",\n ", "[", "]"));
        }
        return value instanceof Number ? value.toString() : quoted(value.toString());
    }

    /** Nothing here has control characters. */
    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
