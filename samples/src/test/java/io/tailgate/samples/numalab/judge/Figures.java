/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab.judge;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The figures of each scenario, least and greatest, for the table at the end. */
final class Figures {

    private final Results results;

    Figures(Results results) {
        this.results = results;
    }

    /** Returns what was measured in {@code scenario}, named by its tag. */
    List<Line> of(String scenario) {
        return switch (scenario) {
            case "a" -> List.of(unguarded());
            case "b" -> List.of(windows("root", "GuardedStreamingTest", ""));
            case "c" ->
                List.of(
                        windows("user-launcher", "GuardedStreamingTest", ""),
                        windows("user-sweep", "GuardedStreamingTest", ""));
            case "d" ->
                Stream.of("CpusPinned", "MemoryLocked", "BoundWithBalancing", "OneThreadPolicy")
                        .map(control -> control + "StreamingTest")
                        .map(this::control)
                        .toList();
            case "e" ->
                Stream.of("BoundToNode1", "PreferredNode1", "Interleaved")
                        .map(policy -> placements(policy + "StreamingTest"))
                        .toList();
            case "f" -> List.of(kills());
            case NativeProof.UNGUARDED, NativeProof.GUARDED -> List.of(onThisHost(scenario));
            default -> throw new IllegalArgumentException("no scenario " + scenario);
        };
    }

    /**
     * @param what was run
     * @param runs how often
     * @param figures the least and the greatest of each
     */
    record Line(String what, int runs, String figures) {}

    private Line onThisHost(String session) {
        List<Report> reports = results.reportsOfJvms(session, NativeProof.test(session));
        Line line = windows(NativeProof.test(session), reports, " of minor faults in slow iterations");
        return new Line(
                line.what(),
                line.runs(),
                line.figures() + ", own hinting faults " + range(reports, Report::ownHintFaults, "%,.0f"));
    }

    private Line unguarded() {
        String test = "UnguardedStreamingTest";
        List<Report> reports = results.reportsOfJvms("unguarded", Results.PACKAGE + test);
        return withJvms(
                windows(test, reports, " of minor faults in slow iterations"),
                results.sessions("unguarded").stream().mapToInt(Session::jvms).sum());
    }

    private Line control(String test) {
        return withJvms(
                windows(test, List.of(results.report(test)), ""),
                results.session(test).jvms());
    }

    /** Tells how many were started; of those that the kernel had not scanned another one was. */
    private static Line withJvms(Line line, int jvms) {
        return new Line(line.what(), line.runs(), line.figures() + ", JVMs " + jvms);
    }

    private Line windows(String session, String test, String share) {
        return windows(test + " in " + session, results.reports(session, test), share);
    }

    private static Line windows(String what, List<Report> reports, String share) {
        String verdicts = String.join("/", reports.stream().map(Report::verdict).toList());
        String inSlow = share.isEmpty()
                ? ""
                : ", " + range(reports, r -> 100 * r.minorFaultsInSlowIterations(), "%.0f") + " %" + share;
        String tiers = String.join(
                "/", reports.stream().map(r -> r.protection().tier()).distinct().toList());
        return new Line(
                what,
                reports.size(),
                verdicts + ", " + tiers + ", hinting faults " + range(reports, Report::hintFaults, "%,.0f")
                        + ", max/median " + range(reports, Report::tail, "%.1f") + inSlow);
    }

    private Line placements(String test) {
        List<Placement> placements = results.placements(test);
        return new Line(
                test,
                placements.size(),
                "pages on node 1 " + range(placements, p -> 100 * p.shareOn(1), "%.1f") + " %, threads elsewhere "
                        + range(placements, p -> p.astray().size(), "%.0f"));
    }

    private Line kills() {
        List<Kill> kills = results.kills();
        return new Line(
                "JVM killed", kills.size(), "restored in " + range(kills, Figures::milliseconds, "%,.0f") + " ms");
    }

    private static double milliseconds(Kill kill) {
        Long restored = kill.restoredMs();
        return restored == null ? Double.POSITIVE_INFINITY : restored;
    }

    private static <T> String range(List<T> of, ToDoubleFunction<T> figure, String format) {
        String least =
                String.format(Locale.ROOT, format, values(of, figure).min().orElseThrow());
        String greatest =
                String.format(Locale.ROOT, format, values(of, figure).max().orElseThrow());
        return least.equals(greatest) ? least : least + "-" + greatest;
    }

    private static <T> DoubleStream values(List<T> of, ToDoubleFunction<T> figure) {
        return of.stream().mapToDouble(figure);
    }
}
