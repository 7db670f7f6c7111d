/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.TailgateResult.Verdict;
import io.tailgate.machine.Machine;
import io.tailgate.machine.linux.Machines;
import io.tailgate.measure.Body;
import io.tailgate.plan.Enforcement.Mode;
import io.tailgate.plan.Settings;
import io.tailgate.plan.TestName;
import io.tailgate.plan.TestPlan;
import io.tailgate.plan.TestRequest;
import io.tailgate.report.TestReport;
import java.util.concurrent.ThreadLocalRandom;

/** A measurement that no test framework asked for. */
record DirectRun(String className, String name) {

    /** Runs what a plan asks for. */
    @FunctionalInterface
    private interface Run {
        TestReport of(TestPlan plan, String where, Machine machine) throws Throwable;
    }

    TailgateResult measure(TestRequest request, Body body) throws Exception {
        return run("Tailgate.measure", request, body, (plan, where, machine) -> {
            Preflight.check(plan, where, machine);
            return new GuardedRun(machine).run(plan, body, null);
        });
    }

    TailgateResult compare(TestRequest request, Body baseline, Body candidate) throws Exception {
        int seed = settings().compareSeed(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
        Alternation both = new Alternation(baseline, candidate, seed);
        return run("Tailgate.compare", request, both.warmUp(), (plan, where, machine) -> {
            Preflight.checkComparison(plan, where, machine);
            GuardedRun guarded = new GuardedRun(machine, both::judge);
            return Confirmation.of(
                    () -> {
                        TestReport report = guarded.once(plan, both, null);
                        return report.comparing(
                                both.pairs(report.measured().latencyNs())); // before the next run's calls
                    },
                    plan.enforcement().confirm(),
                    FreshRun.OF_NO_TEST);
        });
    }

    /** Does nothing but {@code once} where Tailgate is off. */
    private TailgateResult run(String call, TestRequest request, Body once, Run run) throws Exception {
        String where = call + "(" + name + ")";
        TestName test = TestName.of(className, name, "", name, "");
        Conclusion.discardEarlier(test, settings());
        try {
            if (request.mode(where, settings()) == Mode.OFF) {
                once.run();
                return new TailgateResult(
                        Verdict.INCONCLUSIVE, 0, where + " ran once, unmeasured: tailgate.mode is off", "none");
            }
            return concluded(run.of(request.plan(test, where, settings()), where, Machines.ofThisHost()));
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a body that may throw exceptions threw another throwable", e);
        }
    }

    private static TailgateResult concluded(TestReport report) {
        Conclusion conclusion = Conclusion.of(report);
        if (conclusion.unwritten() != null) {
            throw conclusion.unwritten();
        }
        return new TailgateResult(
                Verdict.valueOf(report.verdict().outcome().name()),
                report.measured().iterations(),
                conclusion.text(),
                conclusion.page());
    }

    private static Settings settings() {
        return new Settings(System::getProperty, key -> null);
    }
}
