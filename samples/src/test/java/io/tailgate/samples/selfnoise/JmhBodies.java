/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What JMH times; public, as its generated code asks. */
public class JmhBodies {

    @Benchmark
    public void empty() {}

    @Benchmark
    public void counted(Counted state) {
        state.body.run();
    }

    /** The body that counts, new in every trial. */
    @State(Scope.Thread)
    public static class Counted {

        static volatile double costNs;

        final CountedBody body = new CountedBody(0, JmhHarness.COUNTED);

        @TearDown(Level.Iteration)
        public void keep() {
            costNs = body.costNs();
        }
    }
}
