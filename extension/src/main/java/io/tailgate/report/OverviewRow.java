/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One test in the overview, as words.
 *
 * @param page the report's page, relative to the overview; null where the report could not be read, or there is none
 * @param falseFail the largest chance of a false FAIL; 0 where nothing is inferred
 * @param bounds one phrase for each bound, or why there is none
 */
record OverviewRow(
        String test,
        String verdict,
        String n,
        String p50,
        String p99,
        String max,
        List<String> bounds,
        String tier,
        String cause,
        String ended,
        @Nullable String page,
        double falseFail) {

    static final String UNREADABLE = "UNREADABLE";

    static final String UNFINISHED = "did not finish";

    private static final List<String> ORDER = List.of("FAIL", UNREADABLE, UNFINISHED, "INCONCLUSIVE", "PASS");

    static final Comparator<OverviewRow> WORST_FIRST = Comparator.<OverviewRow>comparingInt(
                    row -> ORDER.indexOf(row.verdict))
            .thenComparing(OverviewRow::test);

    /** Reads a report; one that is no report of ours makes a row that says so, since a gap would look like a pass. */
    static OverviewRow parse(String path, String json) {
        try {
            JsonFields report = JsonFields.of(JsonParser.parse(json));
            return report.isNull("exception") ? row(path, report) : unfinished(report);
        } catch (IllegalArgumentException | DateTimeException e) {
            return unreadable(path, String.valueOf(e.getMessage()));
        }
    }

    static OverviewRow unreadable(String path, String why) {
        return withoutFigures(path, UNREADABLE, why, "");
    }

    private static OverviewRow unfinished(JsonFields end) {
        String message = end.text("message");
        String why = end.text("exception") + (message.isEmpty() ? "" : ": " + message);
        String ended = minute(end.text("endTime"));
        return withoutFigures(end.text("test"), UNFINISHED, why, ended);
    }

    private static OverviewRow withoutFigures(String test, String verdict, String why, String ended) {
        return new OverviewRow(test, verdict, "", "", "", "", List.of(why), "", "", ended, null, 0);
    }

    private static OverviewRow row(String path, JsonFields report) {
        JsonFields latency = report.object("latencyNs");
        return new OverviewRow(
                report.text("test"),
                report.text("verdict"),
                Durations.count((long) report.number("iterations")),
                Durations.format(latency.number("p50")),
                Durations.format(latency.number("p99")),
                Durations.format(latency.number("max")),
                Stream.concat(
                                disturbance(report),
                                report.objects("bounds").stream().map(OverviewRow::bound))
                        .toList(),
                report.object("protection").text("tier"),
                report.objects("causes").stream()
                        .findFirst()
                        .map(OverviewRow::cause)
                        .orElse("none"),
                minute(report.text("endTime")),
                path.substring(0, path.length() - ".json".length()) + ".html",
                report.objects("bounds").stream()
                        .mapToDouble(OverviewRow::falseFail)
                        .max()
                        .orElse(0));
    }

    /** The bounds of a test share its error, and so do the tests of a family; the maximum infers nothing. */
    private static double falseFail(JsonFields bound) {
        boolean judgesItself = bound.number("percentile") == 100 || bound.isNull("family");
        return judgesItself ? 0 : (1 - bound.number("confidence")) / bound.number("family");
    }

    /** {@code 2026-07-14 03:33 UTC} of {@code 2026-07-14T03:33:32.345Z}. */
    private static String minute(String instant) {
        return Instant.parse(instant).truncatedTo(ChronoUnit.MINUTES).toString().replaceFirst("T(.*):00Z", " $1 UTC");
    }

    /** Whatever the bounds say, it decides. */
    private static Stream<String> disturbance(JsonFields report) {
        JsonFields protection = report.object("protection");
        return protection.isNull("disturbance")
                ? Stream.empty()
                : Stream.of("disturbed: " + protection.text("disturbance"));
    }

    private static String bound(JsonFields bound) {
        long high = bound.isNull("highNs") ? Long.MAX_VALUE : (long) bound.number("highNs");
        return Wording.percentile(bound.number("percentile")) + " "
                + Durations.distinct(bound.number("observedNs"), bound.number("limitNs"))
                + " (" + Durations.range((long) bound.number("lowNs"), high) + "), limit " + bound.text("limit");
    }

    private static String cause(JsonFields cause) {
        return cause.text("cause") + " " + Durations.percent(cause.number("share"));
    }
}
