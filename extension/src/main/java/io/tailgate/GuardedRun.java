/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.environment.Environment;
import io.tailgate.environment.EnvironmentProbe;
import io.tailgate.explain.BalancingEvidence;
import io.tailgate.explain.Explainer;
import io.tailgate.explain.Explanation;
import io.tailgate.guard.Guard;
import io.tailgate.guard.Protection;
import io.tailgate.guard.Tier;
import io.tailgate.machine.Machine;
import io.tailgate.machine.MachineException;
import io.tailgate.measure.Body;
import io.tailgate.measure.Instruments;
import io.tailgate.measure.IterationLoop;
import io.tailgate.measure.Measurement;
import io.tailgate.measure.Measurement.WarmUp;
import io.tailgate.measure.PartTimer;
import io.tailgate.plan.LatencyBound;
import io.tailgate.plan.Placement;
import io.tailgate.plan.TestPlan;
import io.tailgate.report.TestReport;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.TailTest;
import io.tailgate.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The story of one test: guard, warm up, measure, judge, explain, undo. */
record GuardedRun(Machine machine, Judge judge) {

    /** Judges latencies in the order in which they were measured, spending a share of each bound's error. */
    @FunctionalInterface
    interface Judge {
        Verdict judge(long[] latencyNsInOrder, List<LatencyBound> bounds, double errorShare);
    }

    /** Judges all iterations as those of one body. */
    GuardedRun(Machine machine) {
        this(machine, TailTest::judge);
    }

    /**
     * Runs {@code body} as {@code plan} says. What it throws is thrown when all is undone.
     *
     * @param parts times parts of an iteration, null where the whole counts
     */
    TestReport run(TestPlan plan, Body body, @Nullable PartTimer parts) throws Throwable {
        return run(plan, body, parts, FreshRun.OF_NO_TEST);
    }

    /** The same for a test that can be run in a process of its own, where a FAIL has to be confirmed there. */
    TestReport run(TestPlan plan, Body body, @Nullable PartTimer parts, FreshRun fresh) throws Throwable {
        return Confirmation.of(() -> once(plan, body, parts), plan.enforcement().confirm(), fresh);
    }

    /** Runs it once, whatever comes out. */
    TestReport once(TestPlan plan, Body body, @Nullable PartTimer parts) throws Throwable {
        try (Guard guard = guard(plan.placement())) {
            IterationLoop loop = new IterationLoop(machine, instruments(plan, guard, parts));
            WarmUp warmup = loop.warmUp(plan.sampling(), body.warmUp());
            if (guard.leavesUnmappedPages()) {
                guard.cover();
                warmup = loop.settle(plan.sampling(), body.warmUp(), warmup);
            }
            guard.startWindow();
            Measurement measured = loop.measure(plan.sampling(), body, warmup, VerdictLook.at(plan.bounds()));
            guard.endWindow();
            Protection protection = guard.protection();
            Verdict verdict = verdict(plan, measured, protection);
            Explanation why = Explainer.explain(measured, evidence(protection));
            Environment environment = EnvironmentProbe.describe(machine.facts());
            return new TestReport(plan, protection, measured, verdict, why, environment);
        }
    }

    private Guard guard(@Nullable Placement placement) {
        return placement == null ? Guard.observe(machine) : Guard.apply(placement, machine);
    }

    private Instruments instruments(TestPlan plan, Guard guard, @Nullable PartTimer parts) {
        return new Instruments(
                        guard.cpus(),
                        machine.gcCollections().orElse(null),
                        Console.progress(plan.name()),
                        parts,
                        counting())
                .listening(Guard.spareBeside(guard.cpus(), machine));
    }

    /** A test that asked for no place may run where the kernel counts nothing for it, as on a virtual thread. */
    private boolean counting() {
        if (machine.whyUnsupported().isPresent()) {
            return false;
        }
        try {
            machine.counters();
            return true;
        } catch (MachineException e) {
            return false;
        }
    }

    private static BalancingEvidence evidence(Protection protection) {
        boolean shielded = protection.tier() == Tier.POLICY_SWEEP || protection.tier() == Tier.POLICY_PROCESS;
        return new BalancingEvidence(protection.balancingDuring(), protection.hintFaults(), shielded);
    }

    /** Judges the tail; under a disturbed protection nothing can be told. */
    private Verdict verdict(TestPlan plan, Measurement measured, Protection protection) {
        Verdict judged = Disturbance.judge(
                measured, latencyNs -> VerdictLook.judge(latencyNs, plan.bounds(), measured.stopping(), judge));
        boolean incomplete = measured.openLoop() != null && measured.openLoop().notRun() > 0;
        boolean trusted = protection.disturbance() == null && !(incomplete && judged.outcome() == Outcome.PASS);
        List<String> remarks = new ArrayList<>();
        if (trusted || plan.bounds().isEmpty()) {
            remarks.addAll(judged.remarks()); // with bounds they speak of the outcome, which may be overruled
        }
        if (measured.openLoop() != null) {
            remarks.addAll(GeneratorLag.remarks(measured.openLoop(), judged.bounds()));
        }
        if (plan.enforcement().slaScale() != 1) {
            remarks.add("every limit is multiplied by tailgate.sla.scale = "
                    + plan.enforcement().slaScale());
        }
        return new Verdict(trusted ? judged.outcome() : Outcome.INCONCLUSIVE, judged.bounds(), remarks);
    }
}
