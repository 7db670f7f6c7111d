/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.report;

import io.tailgate.environment.Environment;
import io.tailgate.explain.Cause;
import io.tailgate.explain.CauseShare;
import io.tailgate.explain.CounterContrast;
import io.tailgate.explain.Explanation;
import io.tailgate.guard.Protection;
import io.tailgate.guard.QuietResult;
import io.tailgate.guard.QuietResult.Had;
import io.tailgate.guard.Tier;
import io.tailgate.machine.CounterReader;
import io.tailgate.machine.CpuSet;
import io.tailgate.measure.InventedMeasurement;
import io.tailgate.measure.Measurement;
import io.tailgate.plan.Enforcement;
import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import io.tailgate.plan.QuietSetting;
import io.tailgate.plan.SamplingPlan;
import io.tailgate.plan.TestName;
import io.tailgate.plan.TestPlan;
import io.tailgate.verdict.BoundVerdict;
import io.tailgate.verdict.Bursts;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Invented runs with known answers. */
final class Invented {

    static final TestName LOOKUP = new TestName("com.acme.OrderBookTest", "lookup", "lookup()");

    static final long START = 1_784_000_000_000L;

    private static final LatencyBound P99_OF_3_MEDIANS = new LatencyBound(99, new Limit.TimesMedian(3), 0.99, 3);

    static final Bursts BURSTS = new Bursts(4, 12, 3, 15.5);

    private Invented() {}

    /** 2,000 iterations of about 250 us; every 35th takes about 1.1 ms and 1,204 minor faults: 58 of them. */
    static Measurement bursts() {
        return bursts(2_000, 35);
    }

    static Measurement bursts(int n, int slowEvery) {
        long[] latency = new long[n];
        int[] counters = new int[n * CounterReader.FIELDS];
        for (int i = 0; i < n; i++) {
            boolean slow = i % slowEvery == 0;
            latency[i] = slow ? 1_000_000 + i % 70 * 3_000L : 240_000 + i * 7_919L % 20_000;
            counters[i * CounterReader.FIELDS + CounterReader.MINOR_FAULTS] = slow ? 1_204 : i % 10 == 0 ? 1 : 0;
            counters[i * CounterReader.FIELDS + CounterReader.INVOLUNTARY_SWITCHES] = slow ? 2 : 0;
        }
        return inventing(latency).counters(counters).build();
    }

    static Measurement measurement(long... latency) {
        return inventing(latency).build();
    }

    /** Begins a measurement at a known time. */
    static InventedMeasurement inventing(long... latency) {
        return InventedMeasurement.of(latency)
                .counters(new int[latency.length * CounterReader.FIELDS])
                .warmup(new Measurement.WarmUp(200, true, "200 iterations, as asked", 0, true))
                .between(START, START + 12_345);
    }

    /** The verdict, limit and counts of this bound are invented too, not computed from a run. */
    static BoundVerdict bound(Outcome outcome) {
        return switch (outcome) {
            case PASS -> bound(612_000, 580_000, 690_000, 4, outcome, 0, "4 of 2,000 are few enough");
            case FAIL -> bound(1_120_000, 1_050_000, 1_310_000, 31, outcome, 0, "31 of 2,000 are too many");
            case INCONCLUSIVE ->
                bound(740_000, 580_000, Long.MAX_VALUE, 19, outcome, 41_500, "19 of 2,000 could be either");
        };
    }

    private static BoundVerdict bound(
            long observed, long low, long high, long slower, Outcome outcome, long needed, String reason) {
        return new BoundVerdict(
                P99_OF_3_MEDIANS, 750_000, observed, low, high, slower, 2_000, outcome, needed, BURSTS, reason);
    }

    static TestReport report(Outcome outcome) {
        return report(LOOKUP, bursts(), outcome);
    }

    static TestReport report(TestName name, Measurement measured, Outcome outcome) {
        return report(
                name, measured, new Verdict(outcome, List.of(bound(outcome)), List.of("holds for bursts up to 1")));
    }

    static TestReport report(TestName name, Measurement measured, Verdict verdict) {
        return new TestReport(plan(name, "unused"), protection(), measured, verdict, explanation(), environment());
    }

    static TestReport in(String outputDirectory, TestReport report) {
        return new TestReport(
                plan(report.plan().name(), outputDirectory),
                report.protection(),
                report.measured(),
                report.verdict(),
                report.why(),
                report.environment());
    }

    static TestPlan plan(TestName name, String outputDirectory) {
        return new TestPlan(
                name,
                null,
                new SamplingPlan(2_000, 200, Duration.ofSeconds(30), 1),
                List.of(P99_OF_3_MEDIANS),
                new Enforcement(Enforcement.Mode.ENFORCE, false, Enforcement.Inconclusive.ABORT),
                outputDirectory);
    }

    static Protection protection() {
        return new Protection(
                Tier.OBSERVE_ONLY,
                "writing kernel.numa_balancing was refused: Permission denied",
                "1",
                "1",
                69_832,
                CpuSet.parse("2-3"),
                true,
                null,
                List.of());
    }

    /** An inconclusive test whose own bound could not be told either. */
    static TestReport disturbedReport(String disturbance) {
        TestReport report = report(Outcome.INCONCLUSIVE);
        return new TestReport(
                report.plan(),
                disturbed(disturbance),
                report.measured(),
                report.verdict(),
                report.why(),
                report.environment());
    }

    static Protection disturbed(String disturbance) {
        return new Protection(Tier.SYSCTL, "uid 0", "1", "0", -1, CpuSet.parse("2-3"), true, disturbance, List.of());
    }

    /** Runs of a test that asked for four quiet settings. */
    static TestReport quiet(Outcome outcome) {
        TestReport report = report(outcome);
        Protection got = protection();
        return new TestReport(
                report.plan(),
                new Protection(
                        got.tier(),
                        got.reason(),
                        got.balancingBefore(),
                        got.balancingDuring(),
                        got.hintFaults(),
                        got.cpus(),
                        got.pinned(),
                        null,
                        quietResults()),
                report.measured(),
                report.verdict(),
                report.why(),
                report.environment());
    }

    private static List<QuietResult> quietResults() {
        return List.of(
                new QuietResult(QuietSetting.VM_STATISTICS, Had.YES, "1", "120", "until the test ends"),
                new QuietResult(QuietSetting.TURBO, Had.NO, null, null, "no such file (ENOENT)"),
                new QuietResult(QuietSetting.INTERRUPTS, Had.PARTLY, "0-3", "0-1", "17 of 19; irq 0, 2: EIO"),
                new QuietResult(QuietSetting.CPU_GOVERNOR, Had.NO, null, null, "no such file (ENOENT)"));
    }

    static Explanation explanation() {
        return new Explanation(
                500_000,
                58,
                List.of(
                        new CauseShare(Cause.NUMA_BALANCING, 49, 0.845, "at least 24 minor faults, balancing was 1"),
                        new CauseShare(Cause.PREEMPTION, 9, 0.155, "1 or more involuntary switches, coincident")),
                List.of(
                        new CounterContrast("minor faults", 1_204, 0.1),
                        new CounterContrast("major faults", 0, 0),
                        new CounterContrast("involuntary switches", 2, 0)));
    }

    static Environment environment() {
        return new Environment(new TreeMap<>(Map.of(
                "cpu model", "Invented <8> \"Cores\" & more",
                "governor", "unknown: no cpufreq here",
                "kernel", "6.1.0",
                "numa nodes", "2")));
    }
}
