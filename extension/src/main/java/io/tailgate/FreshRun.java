/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.report.SecondRun;
import io.tailgate.report.TestReport;
import java.time.Duration;

/** Runs a test once more, in a process of its own. */
@FunctionalInterface
interface FreshRun {

    /** For what JUnit does not know, so that nobody can ask another JVM for it. */
    FreshRun OF_NO_TEST = (first, took) -> {
        throw new FreshRunException("only a test of JUnit can be run by another JVM, and Tailgate.measure and"
                + " Tailgate.compare are none; tailgate.confirm=rerun runs them again in the same process");
    };

    /**
     * Returns the second run, which came to a verdict.
     *
     * @param first the run that it shall confirm
     * @param took how long that lasted, from guarding to undoing
     */
    SecondRun after(TestReport first, Duration took) throws FreshRunException, InterruptedException;
}
