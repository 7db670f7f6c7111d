/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import static java.util.stream.Collectors.joining;

import io.tailgate.explain.CauseShare;
import io.tailgate.explain.CounterContrast;
import io.tailgate.guard.Protection;
import io.tailgate.guard.QuietResult;
import io.tailgate.verdict.BoundVerdict;
import io.tailgate.verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a build log says of a test: one line for a PASS, the whole case for a FAIL or an INCONCLUSIVE. Pure. */
public final class FailureMessage {

    private static final String NEXT_LINE = "\n  ";
    private static final int TOP_CAUSES = 3;

    private final TestReport report;

    private FailureMessage(TestReport report) {
        this.report = report;
    }

    /**
     * Returns the text for the outcome of {@code report}.
     *
     * @param reportPath where the page is, as it shall be shown
     */
    public static String text(TestReport report, String reportPath) {
        FailureMessage message = new FailureMessage(report);
        return report.verdict().outcome() == Outcome.PASS ? message.oneLine(reportPath) : message.full(reportPath);
    }

    /** Returns the limit that decided, e.g. {@code p99 <= 3.00 x median (750 us)}, for an assertion's expected value. */
    public static String expected(TestReport report) {
        return decisive(report)
                .map(judged -> Wording.percentile(judged.bound().percentile()) + " <= " + Wording.limit(judged))
                .orElse("a machine that stays as it was set up");
    }

    /** Returns what was observed there, e.g. {@code 1.12 ms}, for an assertion's actual value. */
    public static String actual(TestReport report) {
        return decisive(report).map(Wording::observed).orElseGet(() -> new FailureMessage(report).disturbance());
    }

    /** The first bound that has the outcome of the whole; none where a disturbance decided or there is no bound. */
    private static Optional<BoundVerdict> decisive(TestReport report) {
        return report.verdict().bounds().stream()
                .filter(judged -> report.protection().disturbance() == null
                        && judged.outcome() == report.verdict().outcome())
                .findFirst();
    }

    /** Returns a sentence for each bound. */
    static List<String> verdictLines(TestReport report) {
        FailureMessage message = new FailureMessage(report);
        List<String> lines = new ArrayList<>();
        if (report.protection().disturbance() != null) {
            lines.add(message.overruled());
        }
        if (report.verdict().bounds().isEmpty()) {
            lines.add(message.unbounded());
        }
        report.verdict().bounds().forEach(judged -> lines.add(message.sentence(judged)));
        return lines;
    }

    private String oneLine(String reportPath) {
        String judged = report.verdict().bounds().isEmpty()
                ? unbounded()
                : report.verdict().bounds().stream().map(this::sentence).collect(joining("; "));
        String remarks = report.remarks().stream().map(remark -> "; " + remark).collect(joining());
        return judged + sides().stream().map(side -> "; " + side).collect(joining()) + openLoop("; ") + ", protection "
                + report.protection().tier() + quiet(", quiet: ") + remarks + "; report " + reportPath;
    }

    private String openLoop(String head) {
        return OpenLoopFigures.of(report.measured())
                .map(figures -> head + figures.inWords())
                .orElse("");
    }

    private String unbounded() {
        LatencyFigures figures = LatencyFigures.of(report.measured());
        return name() + " has no bound: p50 " + Durations.format(figures.p50()) + ", p99 "
                + Durations.format(figures.p99()) + ", max " + Durations.format(figures.max()) + ", n = "
                + Durations.count(figures.iterations()) + " iterations" + onCpus();
    }

    private String full(String reportPath) {
        List<String> lines = new ArrayList<>();
        Optional<BoundVerdict> decisive = decisive(report);
        lines.add(decisive.map(this::sentence).orElseGet(this::overruled));
        decisive.ifPresent(judged -> lines.add("rule: " + judged.reason()));
        report.verdict().bounds().stream()
                .filter(judged -> decisive.isEmpty() || !judged.equals(decisive.get()))
                .forEach(judged -> lines.add("also " + judged.outcome() + ": " + sentence(judged)));
        lines.addAll(sides());
        OpenLoopFigures.of(report.measured()).ifPresent(figures -> lines.add(figures.inWords()));
        lines.add(slowAgainstRest());
        report.why().causes().stream().limit(TOP_CAUSES).forEach(cause -> lines.add(cause(cause)));
        lines.add(protection() + quiet(NEXT_LINE + "quiet: "));
        lines.add("warm-up: " + Wording.warmUp(report.measured().warmup()));
        report.remarks().forEach(remark -> lines.add("note: " + remark));
        lines.add("report: " + reportPath);
        return String.join(NEXT_LINE, lines);
    }

    private String sentence(BoundVerdict judged) {
        String needed = judged.outcome() == Outcome.INCONCLUSIVE && judged.iterationsNeeded() > 0
                ? "; about " + Durations.count(judged.iterationsNeeded()) + " iterations would tell"
                : "";
        return Wording.percentile(judged.bound().percentile()) + " of " + name() + " "
                + Wording.standing(judged.outcome()) + " " + Wording.limit(judged) + ": " + Wording.observed(judged)
                + ", " + Wording.interval(judged) + ", n = " + Durations.count(judged.iterations()) + " iterations, "
                + Durations.count(judged.exceedances()) + " slower than the limit" + onCpus() + needed;
    }

    /** Returns a phrase for each body of a comparison. */
    private List<String> sides() {
        Pairs pairs = report.pairs();
        return pairs == null
                ? List.of()
                : List.of(side("baseline", pairs.baselineNs()), side("candidate", pairs.candidateNs()));
    }

    private static String side(String name, long[] latencyNs) {
        LatencyFigures side = LatencyFigures.of(latencyNs);
        return name + ": p50 " + Durations.format(side.p50()) + ", p99 " + Durations.format(side.p99()) + ", max "
                + Durations.format(side.max()) + ", n = " + Durations.count(side.iterations());
    }

    private String name() {
        return Wording.oneLine(report.plan().name().toString());
    }

    private String overruled() {
        String decided = report.protection().disturbance() == null ? "" : "disturbed while it ran, ";
        return name() + " cannot be judged" + onCpus() + ": " + decided + disturbance();
    }

    private String disturbance() {
        String disturbance = report.protection().disturbance();
        return disturbance != null ? disturbance : String.join("; ", report.remarks());
    }

    private String onCpus() {
        Protection protection = report.protection();
        if (protection.cpus() == null) {
            return "";
        }
        return (protection.pinned() ? ", on CPUs " : ", not pinned, on CPUs ") + protection.cpus();
    }

    private String slowAgainstRest() {
        long slow = report.why().slow();
        String head = Durations.count(slow) + " slow iterations ("
                + Durations.format(report.why().slowThresholdNs()) + " or more)";
        String contrasts = report.why().contrasts().stream()
                .filter(contrast -> contrast.slowMean() != 0 || contrast.restMean() != 0)
                .map(FailureMessage::contrast)
                .collect(joining("; "));
        return contrasts.isEmpty() || slow == 0 ? head : head + ": " + contrasts;
    }

    private static String contrast(CounterContrast contrast) {
        return Durations.mean(contrast.slowMean()) + " " + contrast.counter() + " each, the rest "
                + Durations.mean(contrast.restMean());
    }

    private String cause(CauseShare cause) {
        return "cause " + cause.cause() + ": " + Durations.count(cause.slowIterations()) + " of "
                + Durations.count(report.why().slow()) + " slow iterations (" + Durations.percent(cause.share()) + "), "
                + cause.evidence();
    }

    /** Returns what became of the quiet settings after {@code head}; nothing where none was asked for. */
    private String quiet(String head) {
        List<QuietResult> quiet = report.protection().quiet();
        return quiet.isEmpty() ? "" : head + QuietResult.inOneLine(quiet);
    }

    private String protection() {
        Protection protection = report.protection();
        String disturbance = protection.disturbance() == null ? "" : "; DISTURBED: " + protection.disturbance();
        return String.format(
                Locale.ROOT,
                "protection %s (%s): kernel.numa_balancing %s before, %s during, hinting faults on the host %s%s",
                protection.tier(),
                protection.reason(),
                Wording.orAbsent(protection.balancingBefore()),
                Wording.orAbsent(protection.balancingDuring()),
                Wording.hintFaults(protection),
                disturbance);
    }
}
