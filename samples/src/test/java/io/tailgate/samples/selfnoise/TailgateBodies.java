/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

import io.tailgate.Tailgate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Tailgate times, as its users write it; the CPU is known only when the run has begun. */
final class TailgateBodies {

    /** Times a body that does nothing, after a warm-up of its own. */
    static final class Empty {

        @RegisterExtension
        static final Tailgate TAILGATE =
                Tailgate.pinnedNuma().cpus(QuietCpu.chosen()).iterations(TailgateHarness.ITERATIONS);

        @Test
        void empty() {}
    }

    /** Runs the body that counts, from the first iteration on. */
    static final class Counted {

        static CountedBody body = new CountedBody(TailgateHarness.COUNTED);

        @RegisterExtension
        static final Tailgate TAILGATE =
                Tailgate.pinnedNuma().cpus(QuietCpu.chosen()).warmup(0).iterations(TailgateHarness.COUNTED);

        @Test
        void counted() {
            body.run();
        }
    }

    private TailgateBodies() {}
}
