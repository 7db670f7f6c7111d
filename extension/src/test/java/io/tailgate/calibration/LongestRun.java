/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.calibration;

import io.tailgate.TailBound;
import io.tailgate.Tailgate;
import io.tailgate.TailgateResult;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/** Measures, judges, explains and reports as many iterations as are kept, of a body that does nothing. */
final class LongestRun {

    private LongestRun() {}

    /** Takes the iterations, 0 for an open-ended run, and its longest time. */
    public static void main(String[] args) throws Exception {
        Tailgate plan = Tailgate.unpinned()
                .iterations(Integer.parseInt(args[0]))
                .atMost(args[1])
                .warmup(1_000)
                .maxTailLatency(TailBound.percentile(99.9).timesMedian(1_000_000));
        TailgateResult result = Tailgate.measure("longest run", plan, () -> {});
        long peak = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            peak += pool.getType() == MemoryType.HEAP ? pool.getPeakUsage().getUsed() : 0;
        }
        System.out.printf("iterations %d, heap at most %d MB%n", result.iterations(), peak / 1_000_000);
    }
}
