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

    /** Runs the body that counts, as often in the warm-up as measured. */
    static final class Counted {

        static CountedBody body = new CountedBody(TailgateHarness.COUNTED, TailgateHarness.COUNTED);

        @RegisterExtension
        static final Tailgate TAILGATE = Tailgate.pinnedNuma()
                .cpus(QuietCpu.chosen())
                .warmup(TailgateHarness.COUNTED)
                .iterations(TailgateHarness.COUNTED);

        @Test
        void counted() {
            body.run();
        }
    }

    private TailgateBodies() {}
}
