/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.util.List;
import java.util.Map;

/**
 * What {@code benchmark.json} holds.
 *
 * @param environment machine, versions, settings
 * @param runs how many there were
 * @param acceptance what was promised, and found
 * @param scenarios the medians over the runs, and each run with its single times
 * @param failures processes that gave no results
 */
record BenchmarkReport(
        Map<String, String> environment,
        int runs,
        List<Acceptance> acceptance,
        List<OverRuns> scenarios,
        List<String> failures) {}
