/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.plan.Enforcement.Confirm;
import io.tailgate.report.SecondRun;
import io.tailgate.report.SecondRun.Place;
import io.tailgate.report.TestReport;
import io.tailgate.verdict.Outcome;
import io.tailgate.verdict.StandingFail;
import io.tailgate.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A FAIL that is run again where {@code tailgate.confirm} says so: only two make one. */
final class Confirmation {

    /** Runs the test once, from guarding to undoing. */
    @FunctionalInterface
    interface Run {
        TestReport once() throws Throwable;
    }

    private Confirmation() {}

    /** Returns the report of the first run, and in it what the second one said. */
    static TestReport of(Run run, Confirm confirm, FreshRun fresh) throws Throwable {
        long start = System.nanoTime();
        TestReport first = run.once();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (first.verdict().outcome() != Outcome.FAIL) {
            return first;
        }
        return switch (confirm) {
            case NONE -> first;
            case RERUN -> rerun(first, run);
            case FRESH -> freshly(first, took, fresh);
        };
    }

    /** What the second run throws, an assumption that no longer holds among it, must not hide that the first FAILED. */
    private static TestReport rerun(TestReport first, Run run) throws Throwable {
        try {
            return both(first, SecondRun.here(run.once().verdict()));
        } catch (InterruptedException | VirtualMachineError e) {
            throw e;
        } catch (Throwable thrown) {
            return standing(first, Place.SAME_PROCESS, thrown.toString());
        }
    }

    /** A FAIL that nothing could confirm stands: else a gap in a class path would open the gate. */
    private static TestReport freshly(TestReport first, Duration took, FreshRun fresh) throws InterruptedException {
        try {
            return both(first, fresh.after(first, took));
        } catch (FreshRunException | RuntimeException e) {
            String why = e instanceof FreshRunException ? String.valueOf(e.getMessage()) : e.toString();
            return standing(first, Place.FRESH_PROCESS, why);
        }
    }

    private static TestReport standing(TestReport first, Place place, String why) {
        String remark = "a run " + place.words() + " was to confirm the FAIL and came to no verdict, so the FAIL stands"
                + " on one run: " + why;
        return first.confirmedBy(SecondRun.notHad(place, why), remarked(first.verdict(), remark));
    }

    private static TestReport both(TestReport first, SecondRun second) {
        String where = second.place().words();
        Verdict again = Objects.requireNonNull(second.verdict(), "a run that was had");
        Verdict both = StandingFail.confirmed(first.verdict(), again, where);
        String remark = both.outcome() == Outcome.FAIL
                ? "a second run " + where + " confirmed the FAIL; if the two are independent, a false FAIL has"
                        + " the square of one run's error"
                : "the FAIL of the first run was not confirmed by a second one " + where;
        return first.confirmedBy(second, remarked(both, remark + differences(second)));
    }

    private static String differences(SecondRun second) {
        String report = second.page() == null ? "" : "; its report is " + second.page() + " beside this one";
        String without = second.without().isEmpty() ? "" : "; it ran without " + String.join(", ", second.without());
        return report + without;
    }

    private static Verdict remarked(Verdict verdict, String remark) {
        List<String> remarks = new ArrayList<>(verdict.remarks());
        remarks.add(remark);
        return new Verdict(verdict.outcome(), verdict.bounds(), remarks);
    }
}
