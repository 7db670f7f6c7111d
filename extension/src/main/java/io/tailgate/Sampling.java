/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static java.lang.annotation.ElementType.ANNOTATION_TYPE;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.lang.annotation.Documented;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * {@code @Sampling} says how often the body of a test runs and is measured.
 *
 * <p>On a class it applies to every test in it and in its {@code @Nested} classes; on a method it replaces the class's.
 * It may be used as a meta-annotation. Without {@link MaxTailLatency} the test is measured and reported, and not judged.
 *
 * <p>The system properties {@code tailgate.sampling.iterations}, {@code tailgate.sampling.warmup} and {@code
 * tailgate.sampling.at-most} override the attributes of all tests; the same keys in {@code junit-platform.properties} are
 * their defaults.
 *
 * <p>An attribute out of its range is an {@link org.junit.jupiter.api.extension.ExtensionConfigurationException}.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({TYPE, METHOD, ANNOTATION_TYPE})
@ResourceLock(Resources.GLOBAL)
@ExtendWith(TailgateExtension.class)
@API(status = EXPERIMENTAL, since = "0.1")
public @interface Sampling {

    /**
     * Measured iterations, over all callers; 0: as many as fit into {@link #atMost()}, or until the verdict is sure, after
     * 2 s at the earliest. A limit that is a multiple of the median or mean, a {@code percentile} of 100 and an open loop
     * are judged at the end of the time. A fixed number is judged once.
     *
     * <p>At most 10,000,000 iterations are kept, with their counters in less than 1 GiB: 80 bytes each, 110 of several
     * callers, all told. Where four fifths of the heap's free space hold fewer, a run without a number ends there and says
     * so; a fixed number must fit into the heap.
     */
    int iterations() default 0;

    /**
     * Unmeasured iterations of each caller before that; -1: until the latency is steady. Where {@link PinnedNuma} had to
     * keep automatic NUMA balancing away, more may follow, until the pages that it had unmapped have faulted; never
     * where {@link #iterations()} is 1. The report says so.
     */
    int warmup() default -1;

    /**
     * The longest time for measuring, with its unit, {@code ns}, {@code us}, {@code ms} or {@code s}. A fixed number of
     * {@link #iterations()} runs to its end unless this is set to another value than its default.
     */
    String atMost() default "30 s";

    /**
     * The rate of an open loop, with its unit, {@code ms}, {@code s} or {@code min}: {@code "200/s"} for the same gap
     * everywhere, {@code "200/s poisson"} for exponential gaps, {@code "200/s poisson seed 7"} for others than those of
     * seed 1. All {@link #threads()} have one schedule, dealt out in turn. Empty: each iteration follows the one before it
     * at once.
     *
     * <p>Latency then is response time, from when an iteration was due to its end. What is due within {@link #atMost()} is
     * run, if need be in as much time again; what is not run even then is counted, and the verdict is no PASS. The warm-up
     * has no rate. A {@link Stopwatch} cannot be used.
     */
    String rate() default "";

    /** Callers, from 1, each pinned to a CPU of its own. */
    int threads() default 1;
}
