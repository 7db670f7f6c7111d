/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.TailgateResult.Verdict;
import io.tailgate.machine.Machine;
import io.tailgate.machine.linux.Machines;
import io.tailgate.plan.Enforcement.Mode;
import io.tailgate.plan.Settings;
import io.tailgate.plan.TestName;
import io.tailgate.plan.TestPlan;
import io.tailgate.plan.TestRequest;
import io.tailgate.report.TestReport;

/** A measurement that no test framework asked for. */
record DirectRun(String className, String name) {

    TailgateResult measure(TestRequest request, Tailgate.Iteration body) throws Exception {
        String where = "Tailgate.measure(" + name + ")";
        Settings settings = new Settings(System::getProperty, key -> null);
        TestName test = TestName.of(className, name, "", name, "");
        Conclusion.discardEarlier(test, settings);
        if (request.mode(where, settings) == Mode.OFF) {
            body.run();
            return new TailgateResult(
                    Verdict.INCONCLUSIVE, 0, where + " ran once, unmeasured: tailgate.mode is off", "none");
        }
        Machine machine = Machines.ofThisHost();
        TestPlan plan = request.plan(test, where, settings);
        Preflight.check(plan, where, machine);
        Conclusion conclusion = Conclusion.of(run(plan, machine, body));
        if (conclusion.unwritten() != null) {
            throw conclusion.unwritten();
        }
        return new TailgateResult(
                Verdict.valueOf(conclusion.report().verdict().outcome().name()),
                conclusion.report().measured().iterations(),
                conclusion.text(),
                conclusion.page());
    }

    private static TestReport run(TestPlan plan, Machine machine, Tailgate.Iteration body) throws Exception {
        try {
            return new GuardedRun(machine).run(plan, body::run, null);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a body that may throw exceptions threw another throwable", e);
        }
    }
}
