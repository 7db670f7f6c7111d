/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.util.List;

/** Runs scenarios that may share a process, in one. */
interface Launcher {

    /**
     * Returns their results.
     *
     * @throws ChildFailure if the process did not give them
     */
    List<ScenarioResult> run(List<Scenario> scenarios) throws ChildFailure;
}
