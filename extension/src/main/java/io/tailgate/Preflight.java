/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static io.tailgate.plan.TestRequest.about;

import io.tailgate.guard.Guard;
import io.tailgate.guard.PlacementException;
import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Limit;
import io.tailgate.plan.Placement;
import io.tailgate.plan.SamplingPlan;
import io.tailgate.plan.TestPlan;
import io.tailgate.verdict.PairedTest;
import io.tailgate.verdict.TailTest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What only this machine or the rule of the verdict can refuse, asked before anything is changed. */
final class Preflight {

    private Preflight() {}

    /** Throws {@link IllegalArgumentException} if {@code plan} cannot be carried out here. */
    static void check(TestPlan plan, String where, Machine machine) {
        checkPlace(plan, where, machine);
        plan.bounds().forEach(bound -> about("@MaxTailLatency", where, () -> requireOwnLimit(bound)));
        plan.bounds().forEach(bound -> about("@Sampling", where, () -> requireIterations(plan.sampling(), bound)));
    }

    /** The same for a comparison. */
    static void checkComparison(TestPlan plan, String where, Machine machine) {
        checkPlace(plan, where, machine);
        about("@MaxTailLatency", where, () -> requireBaselineLimits(plan.bounds()));
        about("@Sampling", where, () -> requireOneAtATime(plan.sampling().threads()));
        plan.bounds().forEach(bound -> about("@Sampling", where, () -> requirePairs(plan.sampling(), bound)));
    }

    private static void checkPlace(TestPlan plan, String where, Machine machine) {
        if (plan.placement() == null) {
            about("@Sampling", where, () -> requireOneCaller(plan.sampling().threads()));
        } else {
            CpuSet cpus = cpus(plan.placement(), where, machine);
            about("@Sampling", where, () -> requireCpus(plan.sampling().threads(), cpus));
        }
    }

    /** Returns the CPUs on which a test is put, or those it is on already. */
    static CpuSet cpus(@Nullable Placement asked, String where, Machine machine) {
        if (machine.whyUnsupported().isPresent()) {
            return CpuSet.parse("0-" + (Runtime.getRuntime().availableProcessors() - 1));
        }
        return asked == null ? machine.affinity() : about("@PinnedNuma", where, () -> chosen(asked, machine));
    }

    private static CpuSet chosen(Placement asked, Machine machine) {
        try {
            return Guard.choose(asked, machine);
        } catch (PlacementException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static void requireOneCaller(int threads) {
        if (threads > 1) {
            throw new IllegalArgumentException("threads = " + threads + " needs a CPU for each; add @PinnedNuma");
        }
    }

    private static void requireCpus(int threads, CpuSet cpus) {
        if (threads > cpus.size()) {
            throw new IllegalArgumentException("threads = " + threads + " needs a CPU for each, and @PinnedNuma allots "
                    + cpus.size() + " (" + cpus + "); allot more or use fewer threads");
        }
    }

    private static void requireOwnLimit(LatencyBound bound) {
        if (bound.limit() instanceof Limit.TimesBaseline) {
            throw new IllegalArgumentException(
                    "timesBaseline needs a baseline, and here there is one body; use Tailgate.compare, or timesMedian,"
                            + " timesMean or atMost");
        }
    }

    private static void requireBaselineLimits(List<LatencyBound> bounds) {
        if (bounds.isEmpty()) {
            throw new IllegalArgumentException(
                    "no limit is given; add maxTailLatency(percentile(99).timesBaseline(1.2)), or another");
        }
        if (!bounds.stream().allMatch(bound -> bound.limit() instanceof Limit.TimesBaseline)) {
            throw new IllegalArgumentException("a comparison judges multiples of the baseline and nothing else; use"
                    + " timesBaseline in place of timesMedian, timesMean and atMost");
        }
    }

    private static void requireOneAtATime(int threads) {
        if (threads > 1) {
            throw new IllegalArgumentException("threads = " + threads
                    + " cannot be compared: the two bodies run in turn on one thread; leave threads at 1");
        }
    }

    private static void requirePairs(SamplingPlan sampling, LatencyBound bound) {
        requireIterations(sampling, bound, 2 * PairedTest.iterationsRequired(bound));
    }

    private static void requireIterations(SamplingPlan sampling, LatencyBound bound) {
        requireIterations(sampling, bound, TailTest.iterationsRequired(bound));
    }

    private static void requireIterations(SamplingPlan sampling, LatencyBound bound, long required) {
        if (sampling.iterations() > 0 && sampling.iterations() < required) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s = %d are too few to pass p%s at confidence %s for bursts of %d, even if none is slow; measure %d"
                            + " or more, or lower the percentile, the confidence or the burst",
                    sampling.iterationsName(),
                    sampling.iterations(),
                    Double.toString(bound.percentile()).replaceFirst("\\.0$", ""),
                    bound.confidence(),
                    bound.burst(),
                    required));
        }
    }
}
