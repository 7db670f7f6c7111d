/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.plan;

import io.tailgate.plan.Enforcement.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one test asked for, as it was written: each null or empty where the test does not say.
 *
 * <p>A message about it begins with the annotation whose rule was broken and with the test: {@code @Sampling on [void
 * OrderBookTest.lookup()]: ...}.
 */
public record TestRequest(
        @Nullable PlacementRequest placement,
        List<BoundRequest> bounds,
        @Nullable SamplingRequest sampling) {

    public static final TestRequest NONE = new TestRequest(null, List.of(), null);

    public TestRequest {
        bounds = List.copyOf(bounds);
    }

    /** Returns this request, completed by {@code other} where it does not say. */
    public TestRequest orElse(TestRequest other) {
        return new TestRequest(
                placement == null ? other.placement : placement,
                bounds.isEmpty() ? other.bounds : bounds,
                sampling == null ? other.sampling : sampling);
    }

    /**
     * Returns the plan, or throws {@link IllegalArgumentException}.
     *
     * @param where the test as messages name it
     */
    public TestPlan plan(TestName name, String where, Settings settings) {
        Enforcement enforcement = about(anyAnnotation(), where, settings::enforcement);
        return new TestPlan(
                name,
                place(where, settings),
                about("@Sampling", where, () -> samplingPlan(settings)),
                about("@MaxTailLatency", where, () -> latencyBounds(enforcement)),
                enforcement,
                about(anyAnnotation(), where, settings::outputDirectory));
    }

    /** Returns the place alone, for what is needed before there is a test. */
    public @Nullable Placement place(String where, Settings settings) {
        return placement == null
                ? null
                : about("@PinnedNuma", where, () -> placement.placement().waiting(settings.cpuWait()));
    }

    public Mode mode(String where, Settings settings) {
        return about(anyAnnotation(), where, settings::mode);
    }

    private SamplingPlan samplingPlan(Settings settings) {
        if (sampling != null) {
            return sampling.sampling(settings);
        }
        return bounds.isEmpty() ? SamplingRequest.ONCE : SamplingRequest.DEFAULT.sampling(settings);
    }

    private List<LatencyBound> latencyBounds(Enforcement enforcement) {
        List<LatencyBound> all = new ArrayList<>();
        bounds.forEach(bound -> all.addAll(bound.bounds(enforcement.slaScale(), enforcement.family())));
        return all;
    }

    private String anyAnnotation() {
        return placement != null ? "@PinnedNuma" : bounds.isEmpty() ? "@Sampling" : "@MaxTailLatency";
    }

    /** Runs {@code rule}; what it throws is told with the annotation and the test in front. */
    public static <T extends @Nullable Object> T about(String annotation, String where, Supplier<T> rule) {
        try {
            return rule.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(annotation + " on [" + where + "]: " + e.getMessage(), e);
        }
    }

    public static void about(String annotation, String where, Runnable rule) {
        about(annotation, where, () -> {
            rule.run();
            return where;
        });
    }
}
