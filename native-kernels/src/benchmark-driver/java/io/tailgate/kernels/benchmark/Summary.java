/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.util.List;
import java.util.stream.Collectors;

/** One line for each of our ways to run: how it stands against the peers' best. */
final class Summary {

    private Summary() {}

    static String of(List<OverRuns> results) {
        String lines = results.stream()
                .flatMap(result -> result.figures().stream()
                        .filter(figure -> figure.maker() == Maker.OURS)
                        .filter(ours -> !speedups(result, ours).isEmpty())
                        .map(ours -> "%-22s %-34s %9.2f ms  %s"
                                .formatted(
                                        result.scenario(), ours.name(), ours.medianMillis(), speedups(result, ours))))
                .collect(Collectors.joining("\n"));
        return "Ours, medians, and how much longer the peers' best way takes\n" + lines + "\n";
    }

    private static String speedups(OverRuns result, OverRuns.Figure ours) {
        return result.speedups().stream()
                .filter(speedup -> speedup.ours().equals(ours.name()))
                .map(speedup -> "%s %.3f".formatted(speedup.peer().title(), speedup.median()))
                .collect(Collectors.joining("  "));
    }
}
