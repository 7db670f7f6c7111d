/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.plan.Enforcement.Confirm;
import io.tailgate.report.TestReport;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.StandingFail;
import io.tailgate.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;

/** A FAIL that is run again where {@code tailgate.confirm} says so: only two make one. */
final class Confirmation {

    /** Runs the test once, from guarding to undoing. */
    @FunctionalInterface
    interface Run {
        TestReport once() throws Throwable;
    }

    private Confirmation() {}

    /** Returns the report of the first run, and in it what the second one said. */
    static TestReport of(Run run, Confirm confirm) throws Throwable {
        TestReport first = run.once();
        if (confirm == Confirm.NONE || first.verdict().outcome() != Outcome.FAIL) {
            return first;
        }
        Verdict second = run.once().verdict();
        Verdict both = StandingFail.confirmed(first.verdict(), second);
        List<String> remarks = new ArrayList<>(both.remarks());
        remarks.add(
                both.outcome() == Outcome.FAIL
                        ? "a second run in the same process confirmed the FAIL; if the two are independent, a false FAIL has"
                                + " the square of one run's error"
                        : "the FAIL of the first run was not confirmed by a second one in the same process");
        return first.confirmedBy(second, new Verdict(both.outcome(), both.bounds(), remarks));
    }
}
