/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

/** One that times iterations, on the CPU of the calling thread. */
interface Harness {

    String name();

    /** Says what is compared: its version, and how it was asked to measure. */
    String description();

    /** Times a body that does nothing, and returns what the harness itself reports of it. */
    Latencies timeEmpty() throws Exception;

    /** Runs a {@link CountedBody}, warm-up and pauses left out, and returns nanoseconds an iteration. */
    double costNs() throws Exception;
}
