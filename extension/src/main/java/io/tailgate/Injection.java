/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.machine.CpuSet;
import io.tailgate.measure.PartTimer;
import io.tailgate.plan.Placement;

/** The parameters that a test may declare. */
final class Injection {

    private Injection() {}

    static boolean supports(Class<?> type) {
        return type == CpuSet.class || type == Stopwatch.class;
    }

    static Object of(Class<?> type, JupiterTest test) {
        return type == CpuSet.class ? cpus(test) : stopwatch(test);
    }

    /** Returns the CPUs that the test will be on; without {@code @PinnedNuma}, or switched off, those it is on. */
    private static CpuSet cpus(JupiterTest test) {
        Placement place = test.isOff() ? null : test.place();
        if (place == null && test.isBeforeItsMethod()) {
            throw new IllegalArgumentException("CpuSet in the constructor of [" + test.where()
                    + "]: needs @PinnedNuma on the class; without, declare it in the test method");
        }
        return place == null
                ? Preflight.cpus(null, test.where(), test.machine())
                : test.allotted(place, () -> Preflight.cpus(place, test.where(), test.machine()));
    }

    private static Stopwatch stopwatch(JupiterTest test) {
        return test.isOff() ? new Unread() : new Timing(test.newParts());
    }

    /** Times parts of measured iterations. */
    private record Timing(PartTimer parts) implements Stopwatch {
        @Override
        public void start() {
            parts.start();
        }

        @Override
        public void stop() {
            parts.stop();
        }
    }

    /** Where nothing is measured. */
    private record Unread() implements Stopwatch {
        @Override
        public void start() {}

        @Override
        public void stop() {}
    }
}
