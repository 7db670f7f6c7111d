/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import io.tailgate.plan.Enforcement;
import io.tailgate.plan.Settings;
import org.apiguardian.api.API;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * What {@link Tailgate#measure} found.
 *
 * @param verdict on all bounds together; PASS where there were none
 * @param iterations that were measured
 * @param text the verdict in words and numbers, as a failing test would tell it
 * @param page the report's page, absolute
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public record TailgateResult(Verdict verdict, long iterations, String text, String page) {

    /** Three answers: too few iterations to tell is not a failure. */
    public enum Verdict {
        /** Every bound holds. */
        PASS,
        /** A bound is exceeded. */
        FAIL,
        /** The sample shows neither, or the machine changed under it. */
        INCONCLUSIVE
    }

    /**
     * Ends the test as a measured test method ends: returns this on PASS, throws an assertion's failure on FAIL and aborts
     * the test on INCONCLUSIVE, or what {@code tailgate.mode} and {@code tailgate.inconclusive} say of it. The system
     * properties count, {@code junit-platform.properties} does not.
     */
    public TailgateResult orThrow() {
        Enforcement enforcement = new Settings(System::getProperty, key -> null).enforcement();
        if (enforcement.mode() != Enforcement.Mode.ENFORCE) {
            return this;
        }
        if (verdict == Verdict.FAIL
                || (verdict == Verdict.INCONCLUSIVE && enforcement.inconclusive() == Enforcement.Inconclusive.FAIL)) {
            throw new AssertionFailedError(text);
        }
        if (verdict == Verdict.INCONCLUSIVE && enforcement.inconclusive() == Enforcement.Inconclusive.ABORT) {
            throw new TestAbortedException(text);
        }
        return this;
    }
}
