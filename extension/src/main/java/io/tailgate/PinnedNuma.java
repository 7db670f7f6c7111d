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
 * {@code @PinnedNuma} runs a test on chosen CPUs of one NUMA node, with automatic NUMA balancing kept away from it.
 *
 * <p>On a class it applies to every test in it and in its {@code @Nested} classes; on a method it replaces the class's.
 * It may be used as a meta-annotation. Alone, it runs the test once; with {@link MaxTailLatency} or {@link Sampling} the
 * test is measured.
 *
 * <p>Everything is validated before the first change, read back after it, and restored to what was read when the test
 * ends, also by an exception or a timeout. What could not be had on this machine is named in the report, and fails the
 * test if {@code tailgate.strict} is {@code true}.
 *
 * <p>During parallel execution nothing else runs in this JVM meanwhile.
 *
 * <pre>{@code
 * @Test
 * @PinnedNuma(cpus = "2-3")
 * @MaxTailLatency(percentile = 99, timesMedian = 3)
 * void lookup() { ... }
 * }</pre>
 *
 * <p>A node or CPU that is not there, is offline or may not be used is an {@link
 * org.junit.jupiter.api.extension.ExtensionConfigurationException}, as is a list that cannot be read.
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
public @interface PinnedNuma {

    /**
     * The NUMA node, counted from 0; -1 is the one with most usable CPUs, and rather one whose CPUs no other JVM measures
     * on. Where {@link #memory()} is to be on that node, only nodes whose memory this process may have are chosen from, if
     * any has CPUs.
     */
    int node() default -1;

    /** The CPUs in the kernel's list format, e.g. {@code "2-3,8"}; overrides {@link #node()}. */
    String cpus() default "";

    /**
     * How many of the node's usable CPUs, from 1; 0 is all of them, less one for the JVM's own threads where there are
     * three or more.
     */
    int cpuCount() default 0;

    /** Where the test's pages belong. */
    MemoryPolicy memory() default MemoryPolicy.LOCAL;

    /** What happens to automatic NUMA balancing; switching it off for the host needs root. */
    NumaBalancing numaBalancing() default NumaBalancing.OFF;

    /**
     * What else is silenced while the test runs, where that is permitted; each changes <b>the whole host</b>, so nothing
     * is by default. Silenced in this order, and restored in reverse; a refused one does not stop the others.
     */
    NoiseSource[] quiet() default {};
}
