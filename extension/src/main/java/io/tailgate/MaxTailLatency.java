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
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * {@code @MaxTailLatency} fails a test whose latency at a percentile is above a limit.
 *
 * <p>The body of the test is one iteration; {@link Sampling} says how many there are. {@code @BeforeEach} and
 * {@code @AfterEach} run once a test, not once an iteration. At least one of {@link #timesMedian()},
 * {@link #timesMean()} and {@link #atMost()} is needed; where there are more, all must hold.
 *
 * <p>The verdict has three answers. A test <em>passes</em> if the sample shows at the asked {@link #confidence()} that the
 * percentile is within its limit, <em>fails</em> if it shows that it is not, and is <em>aborted</em> as inconclusive,
 * with the iterations needed, if it shows neither. It is inconclusive whatever the sample shows, too, if something changed
 * a setting, the CPUs or the memory policy that protect it while it ran.
 *
 * <p>On a class it applies to every test in it and in its {@code @Nested} classes; on a method it replaces all of the
 * class's. It is repeatable and may be used as a meta-annotation. During parallel execution nothing else runs in this JVM
 * meanwhile.
 *
 * <pre>{@code
 * @Test
 * @MaxTailLatency(percentile = 99, timesMedian = 3)
 * @MaxTailLatency(percentile = 99.9, atMost = "5 ms")
 * @Sampling(iterations = 10_000, warmup = 200)
 * void lookup() { ... }
 * }</pre>
 *
 * <p>An attribute out of its range, no limit at all, and a fixed number of iterations that is too small for the
 * percentile are each an {@link org.junit.jupiter.api.extension.ExtensionConfigurationException}, before anything is
 * changed or run.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({TYPE, METHOD, ANNOTATION_TYPE})
@Repeatable(MaxTailLatencies.class)
@ResourceLock(Resources.GLOBAL)
@ExtendWith(TailgateExtension.class)
@API(status = EXPERIMENTAL, since = "0.1")
public @interface MaxTailLatency {

    /** The percentile, above 0, at most 100; 100 is the maximum. */
    double percentile() default 99;

    /** The limit as a multiple of the median of the same run, at least 1; 0: unused. */
    double timesMedian() default 0;

    /** The limit as a multiple of the mean of the same run, above 0; 0: unused. */
    double timesMean() default 0;

    /** The limit as a time with its unit, {@code ns}, {@code us}, {@code ms} or {@code s}: {@code "250 us"}. */
    String atMost() default "";

    /** How sure the verdict must be, above 0.5, below 1. */
    double confidence() default 0.99;

    /**
     * The mean length of bursts of slow iterations, from 1, up to which a PASS must hold; the least number of iterations
     * grows with it. 1 says that iterations are slow independently of each other.
     */
    int burst() default 3;
}
