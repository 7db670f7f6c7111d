/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import io.tailgate.machine.CpuSet;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link IterationLoop} works with beside the machine.
 *
 * @param callerCpus where several callers go, one on each; one caller stays where its thread is
 * @param gcCollections how many collections have ended in this JVM, for a few ns a call; null where that is not to be had
 * @param progress told between iterations
 * @param parts of the iteration that count, null where the body has none
 * @param counting whether the kernel's counters are read between iterations
 * @param between makes what each caller, numbered from 0, does between its measured iterations
 * @param canary whether a canary is timed between iterations
 * @param spareCpus on one of which hiccups are listened for; null where there is none, or nobody wants to know
 */
public record Instruments(
        @Nullable CpuSet callerCpus,
        @Nullable LongSupplier gcCollections,
        Progress progress,
        @Nullable PartTimer parts,
        boolean counting,
        IntFunction<BetweenIterations> between,
        boolean canary,
        @Nullable CpuSet spareCpus) {

    /** Instruments with nothing to do between iterations. */
    public Instruments(
            @Nullable CpuSet callerCpus,
            @Nullable LongSupplier gcCollections,
            Progress progress,
            @Nullable PartTimer parts,
            boolean counting) {
        this(callerCpus, gcCollections, progress, parts, counting, caller -> BetweenIterations.NONE, false, null);
    }

    /** Returns these instruments and what tells a disturbed machine from a slow test. */
    public Instruments listening(@Nullable CpuSet spare) {
        return new Instruments(callerCpus, gcCollections, progress, parts, counting, between, true, spare);
    }

    /** Kernel counters for one caller, and nothing else. */
    public static final Instruments COUNTERS_ONLY = new Instruments(null, null, Progress.NONE, null, true);

    /** Latencies alone: where the machine has no counters, or for comparing what they cost. */
    public static final Instruments NONE = new Instruments(null, null, Progress.NONE, null, false);
}
