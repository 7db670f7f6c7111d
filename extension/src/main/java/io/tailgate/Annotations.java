/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.plan.BalancingPlan;
import io.tailgate.plan.BoundRequest;
import io.tailgate.plan.MemoryPlacement;
import io.tailgate.plan.PlacementRequest;
import io.tailgate.plan.QuietSetting;
import io.tailgate.plan.SamplingRequest;
import io.tailgate.plan.TestRequest;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Reads what the annotations of a test ask for: of each kind those nearest to the test, where its method is nearest, then
 * come its class and the classes around that. A nearer annotation replaces a farther one of its kind as a whole.
 */
final class Annotations {

    private Annotations() {}

    static TestRequest of(ExtensionContext context) {
        List<AnnotatedElement> elements = nearestFirst(context);
        return new TestRequest(
                nearest(elements, PinnedNuma.class).map(Annotations::request).orElse(null),
                bounds(elements).stream().map(Annotations::request).toList(),
                nearest(elements, Sampling.class).map(Annotations::request).orElse(null));
    }

    /** The contexts around a test know its enclosing classes as they run, subclasses of them included. */
    private static List<AnnotatedElement> nearestFirst(ExtensionContext context) {
        Set<AnnotatedElement> elements = new LinkedHashSet<>();
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            at.get().getTestMethod().ifPresent(elements::add);
            at.get().getTestClass().ifPresent(elements::add);
        }
        return new ArrayList<>(elements);
    }

    private static <A extends Annotation> Optional<A> nearest(List<AnnotatedElement> elements, Class<A> type) {
        return elements.stream()
                .flatMap(element -> AnnotationSupport.findAnnotation(element, type).stream())
                .findFirst();
    }

    private static List<MaxTailLatency> bounds(List<AnnotatedElement> elements) {
        return elements.stream()
                .map(Annotations::bounds)
                .filter(bounds -> !bounds.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** JUnit adds a class's bounds to those of its superclass; here they replace them, as one annotation would. */
    private static List<MaxTailLatency> bounds(AnnotatedElement element) {
        List<MaxTailLatency> all = AnnotationSupport.findRepeatableAnnotations(element, MaxTailLatency.class);
        if (!(element instanceof Class<?> type) || type.getSuperclass() == null) {
            return all;
        }
        List<MaxTailLatency> declared = declared(type);
        if (!declared.isEmpty()) {
            return declared;
        }
        List<MaxTailLatency> inherited = bounds(type.getSuperclass());
        List<MaxTailLatency> own = new ArrayList<>(all);
        own.removeAll(AnnotationSupport.findRepeatableAnnotations(type.getSuperclass(), MaxTailLatency.class));
        return own.isEmpty() ? inherited : own;
    }

    /** Returns the bounds written on the class itself, also those that it repeats from its superclass. */
    private static List<MaxTailLatency> declared(Class<?> type) {
        List<MaxTailLatency> bounds = new ArrayList<>();
        for (Annotation annotation : type.getDeclaredAnnotations()) {
            if (annotation instanceof MaxTailLatency bound) {
                bounds.add(bound);
            } else if (annotation instanceof MaxTailLatencies several) {
                bounds.addAll(List.of(several.value()));
            } else {
                bounds.addAll(
                        AnnotationSupport.findRepeatableAnnotations(annotation.annotationType(), MaxTailLatency.class));
            }
        }
        return bounds;
    }

    private static PlacementRequest request(PinnedNuma pinned) {
        return new PlacementRequest(
                pinned.node(),
                pinned.cpus(),
                pinned.cpuCount(),
                placement(pinned.memory()),
                balancing(pinned.numaBalancing()),
                quiet(pinned.quiet()));
    }

    private static BoundRequest request(MaxTailLatency bound) {
        return new BoundRequest(
                bound.percentile(),
                bound.timesMedian(),
                bound.timesMean(),
                bound.atMost(),
                bound.confidence(),
                bound.burst());
    }

    private static SamplingRequest request(Sampling sampling) {
        return new SamplingRequest(
                sampling.iterations(), sampling.warmup(), sampling.atMost(), sampling.rate(), sampling.threads());
    }

    static MemoryPlacement placement(MemoryPolicy policy) {
        return MemoryPlacement.valueOf(policy.name());
    }

    static BalancingPlan balancing(NumaBalancing balancing) {
        return BalancingPlan.valueOf(balancing.name());
    }

    static List<QuietSetting> quiet(NoiseSource... sources) {
        return Arrays.stream(sources)
                .map(source -> QuietSetting.valueOf(source.name()))
                .toList();
    }
}
