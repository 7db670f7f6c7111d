/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.machine.MachineException;
import io.tailgate.plan.Enforcement;
import io.tailgate.plan.Enforcement.Inconclusive;
import io.tailgate.plan.Enforcement.Mode;
import io.tailgate.plan.Settings;
import io.tailgate.plan.TestName;
import io.tailgate.report.ConsoleLine;
import io.tailgate.report.FailureMessage;
import io.tailgate.report.ReportWriter;
import io.tailgate.report.TestReport;
import io.tailgate.report.Unfinished;
import io.tailgate.verdict.Outcome;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * What follows from a report: its files, its lines on the console, and how the test ends.
 *
 * @param page where the report is, or why it is nowhere
 * @param text the verdict in words, with {@code page}
 * @param unwritten what kept the report from being written, else null
 */
record Conclusion(
        TestReport report,
        String page,
        String text,
        @Nullable MachineException unwritten) {

    /** Removes what an earlier run of this test reported, or a run without an end would show its verdict. */
    static void discardEarlier(TestName name, Settings settings) {
        String directory;
        try {
            directory = settings.outputDirectory();
        } catch (IllegalArgumentException e) {
            return; // there are no reports in what is no directory; the test's plan refuses it
        }
        try {
            new ReportWriter().discard(name, directory);
        } catch (MachineException e) {
            Console.error(e.getMessage() + "; the test runs, and then its report cannot be written either");
        }
    }

    /** Reports that this test ended without a verdict, since a gap in the overview would look like a pass. */
    static void unfinished(TestName name, Settings settings, Throwable why) {
        String directory;
        try {
            directory = settings.outputDirectory();
        } catch (IllegalArgumentException e) {
            return; // the test ended for that very reason
        }
        try {
            new ReportWriter().write(Unfinished.of(name, why), directory);
        } catch (MachineException e) {
            Console.error(e.getMessage() + "; the overview will not show that the test did not finish");
        }
    }

    static Conclusion of(TestReport report) {
        try {
            String page =
                    new ReportWriter().write(report).html().toAbsolutePath().toString();
            return told(report, page, null);
        } catch (MachineException e) {
            return told(report, "none, " + e.getMessage(), e);
        }
    }

    private static Conclusion told(TestReport report, String page, @Nullable MachineException unwritten) {
        String text = FailureMessage.text(report, page);
        Conclusion conclusion = new Conclusion(report, page, text, unwritten);
        Console.line(ConsoleLine.of(report, page));
        if (conclusion.judged().filter(AssertionFailedError.class::isInstance).isEmpty()) {
            Console.line(text); // build tools print what a failure says, but not why a test was skipped
        }
        return conclusion;
    }

    /** Returns what the test ends with, empty if it passes; a failure stays one where its report was not written. */
    Optional<Throwable> ending() {
        Optional<Throwable> judged = judged();
        if (unwritten == null) {
            return judged;
        }
        Throwable first = judged.filter(AssertionFailedError.class::isInstance).orElse(unwritten);
        if (first != unwritten) {
            first.addSuppressed(unwritten);
        }
        return Optional.of(first);
    }

    /** Returns what JUnit's listeners are told. */
    Map<String, String> entries() {
        return Map.of("tailgate.verdict", report.verdict().outcome().name(), "tailgate.report", page);
    }

    private Optional<Throwable> judged() {
        Enforcement enforcement = report.plan().enforcement();
        if (enforcement.mode() != Mode.ENFORCE) {
            return Optional.empty();
        }
        Outcome outcome = report.verdict().outcome();
        if (outcome == Outcome.FAIL) {
            return Optional.of(failed(text));
        }
        Optional<String> shortfall = Shortfall.of(report.plan().placement(), report.protection());
        if (enforcement.strict() && shortfall.isPresent()) {
            return Optional.of(new AssertionFailedError("tailgate.strict: " + shortfall.get() + "\n  " + text));
        }
        return outcome == Outcome.INCONCLUSIVE ? inconclusive(enforcement.inconclusive()) : Optional.empty();
    }

    private Optional<Throwable> inconclusive(Inconclusive end) {
        return switch (end) {
            case ABORT -> Optional.of(new TestAbortedException(text));
            case FAIL ->
                Optional.of(failed(
                        "inconclusive, which tailgate.inconclusive or tailgate.strict makes a failure: " + text));
            case PASS -> Optional.empty();
        };
    }

    private AssertionFailedError failed(String message) {
        return new AssertionFailedError(message, FailureMessage.expected(report), FailureMessage.actual(report));
    }
}
