/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

/** One comparison; its name is what {@code -Dbenchmark.only} asks for. */
interface Scenario {

    /** Returns e.g. {@code int8-vnni-b8-t2}. */
    String name();

    Hold hold();

    /** Returns how many CPUs every contestant gets. */
    int threads();

    /** Returns how many processes run it, their times pooled; more than one where the process is what is measured. */
    default int processes() {
        return 1;
    }

    ScenarioResult measure(int rounds);
}
