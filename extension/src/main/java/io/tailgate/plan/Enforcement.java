/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

/**
 * What a verdict does to the build.
 *
 * @param mode whether bounds are enforced; {@code REPORT} fails no test for its latency or its protection
 * @param strict whether, where bounds are enforced, a protection or a verdict that could not be had is a failure
 * @param inconclusive how a test ends whose sample was too small to say, or whose protection was disturbed
 * @param slaScale what every limit was multiplied by, {@code tailgate.sla.scale}
 * @param family among how many gated tests the chance of a false FAIL is shared, {@code tailgate.family}
 * @param confirm what a FAIL needs beside itself
 */
public record Enforcement(
        Mode mode, boolean strict, Inconclusive inconclusive, double slaScale, int family, Confirm confirm) {

    public Enforcement(Mode mode, boolean strict, Inconclusive inconclusive) {
        this(mode, strict, inconclusive, 1, 1, Confirm.NONE);
    }

    /** {@code tailgate.mode}. */
    public enum Mode {
        ENFORCE,
        REPORT,
        OFF
    }

    /** {@code tailgate.inconclusive}. */
    public enum Inconclusive {
        ABORT,
        FAIL,
        PASS
    }

    /** {@code tailgate.confirm}. */
    public enum Confirm {
        NONE,
        /** The test is run again in the same process, and only two FAILs are one. */
        RERUN,
        /** The test is run again in a JVM of its own, and only two FAILs are one. */
        FRESH
    }
}
