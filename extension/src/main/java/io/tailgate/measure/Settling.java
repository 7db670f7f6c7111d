/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.measure.Measurement.WarmUp;
import io.tailgate.plan.SamplingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs the body, in passes, until the pages that automatic NUMA balancing had unmapped have had their last fault.
 *
 * <p>Faults of those pages are minor faults of this process and NUMA hinting faults of the host, so their number is at
 * most the smaller of the two. A pass settles it if that is negligible. Where others on the host keep faulting and the
 * body has faults of its own, it never is; then a pass settles it that has no fewer than the one {@value #LEVEL_PASSES}
 * passes earlier: that is the base level.
 */
final class Settling {

    static final int LEVEL_PASSES = 4;

    private static final double LEVEL_SHARE = 0.9;
    private static final long PASS_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MOST_NS = TimeUnit.SECONDS.toNanos(5);
    private static final int SHARE = 6; // of the time for measuring
    private static final int MOST_IN_A_PASS = 1_000_000;
    private static final int PASSES_IN_A_RUN = 10; // so many take as many iterations as are measured
    private static final int FEWEST_PASSES = 2; // one alone that is too long for the bound would tell nothing
    private static final int TOLD = 4;

    /** Runs one pass. */
    @FunctionalInterface
    interface Runner {
        Pass run(Until until) throws Throwable;
    }

    private final SamplingPlan plan;
    private final NanoClock clock;
    private final Runner runner;
    private final long budgetNs;
    private final List<Pass> passes = new ArrayList<>();
    private long iterations;

    Settling(SamplingPlan plan, NanoClock clock, Runner runner) {
        this.plan = plan;
        this.clock = clock;
        this.runner = runner;
        this.budgetNs = Math.min(MOST_NS, Nanos.of(plan.atMost()) / SHARE);
    }

    /** Returns what {@code warmup} and the passes after it did together. */
    WarmUp after(WarmUp warmup) throws Throwable {
        long begin = clock.nanoTime();
        long elapsed = 0;
        do {
            Pass pass = runner.run(until(budgetNs - elapsed));
            passes.add(pass);
            iterations += pass.iterations();
            elapsed = clock.nanoTime() - begin;
        } while (!isSettled() && (passes.size() < FEWEST_PASSES || isWithinBound(elapsed)));
        return new WarmUp(
                warmup.iterations() + iterations,
                warmup.steady(),
                warmup.description() + "; then " + describe(),
                last().medianNs(),
                isSettled(),
                remark());
    }

    private Until until(long leftNs) {
        long most = plan.iterations() == 0
                ? MOST_IN_A_PASS
                : Math.max(1, plan.iterations() / plan.threads() / PASSES_IN_A_RUN);
        return new Until(most, 1, PASS_NS, Math.max(1, leftNs));
    }

    private boolean isWithinBound(long elapsedNs) {
        return elapsedNs < budgetNs && (plan.iterations() == 0 || iterations < plan.iterations());
    }

    private boolean isSettled() {
        return last().isSettled() || isLevel();
    }

    private boolean isLevel() {
        int before = passes.size() - 1 - LEVEL_PASSES;
        return before >= 0
                && last().unmapped() >= LEVEL_SHARE * passes.get(before).unmapped();
    }

    private Pass last() {
        return passes.get(passes.size() - 1);
    }

    private String describe() {
        String outcome = last().isSettled()
                ? "until minor faults had settled"
                : isSettled() ? "until minor faults were level" : "in which minor faults did not settle";
        return String.format(
                Locale.ROOT,
                "%,d iterations in %d %s %s: %s an iteration",
                iterations,
                passes.size(),
                passes.size() == 1 ? "pass" : "passes",
                outcome,
                told());
    }

    /** Tells the first pass and the last ones. */
    private String told() {
        int skipped = passes.size() > 1 + TOLD ? passes.size() - TOLD : 0;
        String last = passes.stream()
                .skip(skipped)
                .map(pass -> String.format(Locale.ROOT, "%,.1f", pass.faults()))
                .collect(Collectors.joining(", "));
        return skipped == 0
                ? last
                : String.format(Locale.ROOT, "%,.1f, ..., %s", passes.get(0).faults(), last);
    }

    private String bound() {
        String time = String.format(Locale.ROOT, "%.1f s", budgetNs / 1e9);
        return plan.iterations() == 0
                ? time
                : time + String.format(Locale.ROOT, " and as many iterations as are measured, %,d", plan.iterations());
    }

    private List<String> remark() {
        if (!isSettled()) {
            return List.of(String.format(
                    Locale.ROOT,
                    "minor faults did not settle within %s: %s; in the last pass up to %,.1f an iteration were"
                            + " of pages that NUMA balancing had unmapped before it was kept away, so measured"
                            + " iterations may be slow for that reason alone; use a longer warm-up",
                    bound(),
                    describe(),
                    last().unmapped()));
        }
        return plan.warmup() == SamplingPlan.UNTIL_STEADY
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "after warmup = %d the body ran unmeasured for another %s, because pages that NUMA"
                                + " balancing had unmapped fault once more after it is kept away",
                        plan.warmup(),
                        describe()));
    }
}
