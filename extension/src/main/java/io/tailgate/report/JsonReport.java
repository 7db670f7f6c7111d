/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.guard.Protection;
import io.tailgate.guard.QuietResult;
import io.tailgate.machine.CounterReader;
import io.tailgate.measure.Measurement;
import io.tailgate.measure.Stopping;
import io.tailgate.plan.Limit;
import io.tailgate.plan.SamplingPlan;
import io.tailgate.plan.TestPlan;
import io.tailgate.verdict.BoundVerdict;
import io.tailgate.verdict.Bursts;
import io.tailgate.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report as JSON; {@code docs/reading-a-report.md} says what each field means.
 *
 * <p>What does not exist is {@code null}, never 0: an upper bound that so small a sample does not have, a mean of no
 * iterations, a counter that the machine does not publish.
 */
final class JsonReport {

    /** Raised when a field changes its meaning or goes; new fields do not raise it. */
    static final int SCHEMA_VERSION = 1;

    private static final int SLOWEST = 20;

    private final TestReport report;
    private final LatencyFigures figures;

    private JsonReport(TestReport report, LatencyFigures figures) {
        this.report = report;
        this.figures = figures;
    }

    static String render(TestReport report, LatencyFigures figures) {
        return Json.pretty(new JsonReport(report, figures).fields());
    }

    private Map<String, @Nullable Object> fields() {
        TestPlan plan = report.plan();
        Measurement measured = report.measured();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("schemaVersion", SCHEMA_VERSION);
        fields.put("test", Wording.fullName(plan.name()));
        fields.put("className", plan.name().className());
        fields.put("displayName", plan.name().displayName());
        fields.put("verdict", report.verdict().outcome());
        fields.put("iterations", measured.iterations());
        fields.put("latencyNs", latency(figures));
        fields.put("comparison", comparison());
        fields.put(
                "bounds",
                report.verdict().bounds().stream().map(JsonReport::bound).toList());
        fields.put("confirmation", report.confirmation() == null ? null : confirmation(report.confirmation()));
        fields.put("remarks", report.remarks());
        fields.put("protection", protection(report.protection()));
        fields.put("slow", slow());
        fields.put("causes", causes());
        fields.put("contrasts", contrasts());
        fields.put("counters", counters());
        fields.put("noise", NoiseFields.of(measured.noise()));
        fields.put("slowest", Slowest.of(measured, SLOWEST).map(this::iteration).toList());
        fields.put("warmup", warmup());
        fields.put("sampling", sampling(plan, measured.stopping()));
        fields.put(
                "openLoop",
                OpenLoopFigures.of(measured).map(OpenLoopFigures::json).orElse(null));
        fields.put("startTime", Instant.ofEpochMilli(measured.startEpochMs()).toString());
        fields.put("endTime", Instant.ofEpochMilli(measured.endEpochMs()).toString());
        fields.put("environment", report.environment().facts());
        return fields;
    }

    private @Nullable Map<String, @Nullable Object> comparison() {
        Pairs pairs = report.pairs();
        if (pairs == null) {
            return null;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("seed", pairs.seed());
        fields.put("baselineNs", latency(LatencyFigures.of(pairs.baselineNs())));
        fields.put("candidateNs", latency(LatencyFigures.of(pairs.candidateNs())));
        return fields;
    }

    private static Map<String, @Nullable Object> latency(LatencyFigures figures) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("n", figures.iterations());
        fields.put("min", figures.min());
        fields.put("p50", figures.p50());
        fields.put("p90", figures.p90());
        fields.put("p99", figures.p99());
        fields.put("p999", figures.p999());
        fields.put("max", figures.max());
        fields.put("mean", figures.mean());
        return fields;
    }

    private static Map<String, @Nullable Object> confirmation(SecondRun second) {
        Verdict verdict = second.verdict();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("verdict", verdict == null ? null : verdict.outcome());
        fields.put(
                "bounds",
                verdict == null
                        ? List.of()
                        : verdict.bounds().stream().map(JsonReport::bound).toList());
        fields.put("place", second.place());
        fields.put("report", second.page());
        fields.put("without", second.without());
        fields.put("missing", second.missing());
        return fields;
    }

    private static Map<String, @Nullable Object> bound(BoundVerdict judged) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("percentile", judged.bound().percentile());
        fields.put("limit", Wording.limit(judged));
        fields.put("limitKind", limitKind(judged.bound().limit()));
        fields.put("limitFactor", limitFactor(judged.bound().limit()));
        fields.put("limitNs", judged.limitNs());
        fields.put("observedNs", judged.observedNs());
        fields.put("lowNs", judged.lowNs());
        fields.put("highNs", judged.highNs() == Long.MAX_VALUE ? null : judged.highNs());
        fields.put("confidence", judged.bound().confidence());
        fields.put("burst", judged.bound().burst());
        fields.put("family", judged.bound().family());
        fields.put("bursts", bursts(judged.bursts()));
        fields.put("exceedances", judged.exceedances());
        fields.put("iterations", judged.iterations());
        fields.put("iterationsNeeded", judged.iterationsNeeded() == 0 ? null : judged.iterationsNeeded());
        fields.put("verdict", judged.outcome());
        fields.put("reason", judged.reason());
        return fields;
    }

    private static Map<String, @Nullable Object> bursts(Bursts bursts) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("tolerance", bursts.tolerance());
        fields.put("bursts", bursts.bursts());
        fields.put("longest", bursts.longest());
        fields.put("effective", bursts.effective());
        return fields;
    }

    static String limitKind(Limit limit) {
        if (limit instanceof Limit.TimesMedian) {
            return "TIMES_MEDIAN";
        }
        if (limit instanceof Limit.TimesBaseline) {
            return "TIMES_BASELINE";
        }
        return limit instanceof Limit.TimesMean ? "TIMES_MEAN" : "AT_MOST";
    }

    private static @Nullable Double limitFactor(Limit limit) {
        if (limit instanceof Limit.TimesMedian median) {
            return median.factor();
        }
        if (limit instanceof Limit.TimesBaseline baseline) {
            return baseline.factor();
        }
        return limit instanceof Limit.TimesMean mean ? mean.factor() : null;
    }

    private static Map<String, @Nullable Object> protection(Protection protection) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("tier", protection.tier());
        fields.put("reason", protection.reason());
        fields.put("balancingBefore", protection.balancingBefore());
        fields.put("balancingDuring", protection.balancingDuring());
        fields.put("hintFaults", protection.hintFaults() < 0 ? null : protection.hintFaults());
        fields.put("cpus", protection.cpus() == null ? null : protection.cpus().toString());
        fields.put("pinned", protection.pinned());
        fields.put("disturbance", protection.disturbance());
        fields.put(
                "settings", protection.quiet().stream().map(JsonReport::setting).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> setting(QuietResult result) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("setting", result.setting());
        fields.put("had", result.had());
        fields.put("before", result.before());
        fields.put("during", result.during());
        fields.put("reason", result.reason());
        return fields;
    }

    private Map<String, @Nullable Object> slow() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("thresholdNs", report.why().slowThresholdNs());
        fields.put("iterations", report.why().slow());
        return fields;
    }

    private List<Map<String, @Nullable Object>> causes() {
        List<Map<String, @Nullable Object>> causes = new ArrayList<>();
        report.why().causes().forEach(cause -> {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("cause", cause.cause());
            fields.put("slowIterations", cause.slowIterations());
            fields.put("share", cause.share());
            fields.put("evidence", cause.evidence());
            causes.add(fields);
        });
        return causes;
    }

    private List<Map<String, @Nullable Object>> contrasts() {
        List<Map<String, @Nullable Object>> contrasts = new ArrayList<>();
        report.why().contrasts().forEach(contrast -> {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("counter", contrast.counter());
            fields.put("slowMean", contrast.slowMean());
            fields.put("restMean", contrast.restMean());
            contrasts.add(fields);
        });
        return contrasts;
    }

    private Map<String, @Nullable Object> counters() {
        Measurement measured = report.measured();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("scope", measured.scope());
        fields.put("minorFaults", total(CounterReader.MINOR_FAULTS));
        fields.put("majorFaults", total(CounterReader.MAJOR_FAULTS));
        fields.put("voluntarySwitches", total(CounterReader.VOLUNTARY_SWITCHES));
        fields.put("involuntarySwitches", total(CounterReader.INVOLUNTARY_SWITCHES));
        return fields;
    }

    private @Nullable Long total(int field) {
        if (!report.measured().hasCounters()) {
            return null;
        }
        long total = 0;
        for (int i = 0; i < report.measured().iterations(); i++) {
            total += report.measured().counter(i, field);
        }
        return total;
    }

    private Map<String, @Nullable Object> iteration(int index) {
        Measurement measured = report.measured();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("iteration", index);
        fields.put("latencyNs", measured.latencyNs()[index]);
        fields.put("minorFaults", counter(index, CounterReader.MINOR_FAULTS));
        fields.put("majorFaults", counter(index, CounterReader.MAJOR_FAULTS));
        fields.put("voluntarySwitches", counter(index, CounterReader.VOLUNTARY_SWITCHES));
        fields.put("involuntarySwitches", counter(index, CounterReader.INVOLUNTARY_SWITCHES));
        fields.put("gcCollections", measured.gcCollections().length == 0 ? null : measured.gcCollections()[index]);
        return fields;
    }

    private @Nullable Integer counter(int iteration, int field) {
        return report.measured().hasCounters() ? report.measured().counter(iteration, field) : null;
    }

    private Map<String, @Nullable Object> warmup() {
        Measurement.WarmUp warmup = report.measured().warmup();
        boolean tested = report.plan().sampling().warmup() == SamplingPlan.UNTIL_STEADY;
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("iterations", warmup.iterations());
        fields.put("steady", tested ? warmup.steady() : null);
        fields.put("description", warmup.description());
        fields.put("medianNs", warmup.medianNs() == 0 ? null : warmup.medianNs());
        return fields;
    }

    private static Map<String, @Nullable Object> sampling(TestPlan plan, Stopping stopping) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("iterations", plan.sampling().iterations());
        fields.put("warmup", plan.sampling().warmup());
        fields.put("atMostNs", plan.sampling().atMost().toNanos());
        fields.put("threads", plan.sampling().threads());
        fields.put("mode", plan.enforcement().mode());
        fields.put("looks", stopping.looks());
        fields.put("errorShare", stopping.errorShare());
        fields.put("stoppedBecause", stopping.because());
        fields.put("strict", plan.enforcement().strict());
        fields.put("inconclusive", plan.enforcement().inconclusive());
        return fields;
    }
}
