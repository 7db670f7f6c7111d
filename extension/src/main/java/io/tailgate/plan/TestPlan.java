/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import io.tailgate.machine.CpuSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one test asked for, validated.
 *
 * @param placement null where the test asked for no {@code @PinnedNuma}
 * @param bounds empty where the test is only pinned or only measured
 * @param outputDirectory where reports go, relative to the working directory or absolute
 */
public record TestPlan(
        TestName name,
        @Nullable Placement placement,
        SamplingPlan sampling,
        List<LatencyBound> bounds,
        Enforcement enforcement,
        String outputDirectory) {

    public TestPlan {
        bounds = List.copyOf(bounds);
    }

    /** Returns this plan, but on exactly these CPUs of its place. */
    public TestPlan on(CpuSet cpus) {
        Placement exactly = Objects.requireNonNull(placement, "no place").on(cpus);
        return new TestPlan(name, exactly, sampling, bounds, enforcement, outputDirectory);
    }
}
