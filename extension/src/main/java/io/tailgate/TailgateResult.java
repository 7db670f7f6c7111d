/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

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
}
