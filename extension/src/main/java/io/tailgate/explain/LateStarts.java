/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.explain;

import io.tailgate.measure.Measurement;
import io.tailgate.measure.OpenLoop;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Iterations of an open loop that took at least half of their response time to begin; of a closed loop none. */
final class LateStarts {

    private final long[] responseNs;
    private final @Nullable OpenLoop loop;

    LateStarts(Measurement measured) {
        this.responseNs = measured.latencyNs();
        this.loop = measured.openLoop();
    }

    /** Says whether the wait for earlier iterations was at least half of the response time. */
    boolean waited(int iteration) {
        return loop != null && 2 * waitNs(loop, iteration) >= responseNs[iteration];
    }

    /** Says whether the generator's own lag was. */
    boolean lagged(int iteration) {
        return loop != null && 2 * loop.lagNs()[iteration] >= responseNs[iteration];
    }

    private long waitNs(OpenLoop open, int iteration) {
        return responseNs[iteration] - open.serviceNs()[iteration] - open.lagNs()[iteration];
    }

    String waits(int[] iterations) {
        OpenLoop open = loop;
        return open == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "each was due before its caller had ended the one before, and waited %,.1f us on average (n = %,d);"
                                + " look at what came first",
                        Arrays.stream(iterations)
                                        .mapToLong(i -> waitNs(open, i))
                                        .average()
                                        .orElse(0)
                                / 1e3,
                        iterations.length);
    }

    String lags(int[] iterations) {
        OpenLoop open = loop;
        return open == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "its caller was free, and each began %,.1f us late on average (n = %,d), though no collection ended:"
                                + " the caller did not get its CPU, or all of the JVM stood still",
                        Arrays.stream(iterations)
                                        .mapToLong(i -> open.lagNs()[i])
                                        .average()
                                        .orElse(0)
                                / 1e3,
                        iterations.length);
    }
}
