/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import io.tailgate.measure.Progress;
import io.tailgate.plan.TestName;
import java.time.Duration;
import java.util.Locale;

/** What a build shows while it runs: the only place that writes to the standard streams, for want of a logger. */
final class Console {

    private static final Duration SHORT = Duration.ofSeconds(2);

    private Console() {}

    static void line(String text) {
        System.out.println(text);
    }

    static void error(String text) {
        System.err.println(text);
    }

    /** Returns progress of {@code test} on the standard error stream, once it runs for longer than a blink. */
    static Progress progress(TestName test) {
        return (iterations, of, elapsed) -> {
            if (elapsed.compareTo(SHORT) >= 0) {
                String share = of == 0 ? "" : String.format(Locale.ROOT, " of %,d", of);
                error(String.format(
                        Locale.ROOT, "%s: %,d%s iterations in %d s", test, iterations, share, elapsed.toSeconds()));
            }
        };
    }
}
