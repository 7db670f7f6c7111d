/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import io.tailgate.PinnedNuma;
import org.junit.jupiter.api.RepeatedTest;

/** Scenarios b, c and f: the same under guard, by whatever means the user has; the threads stay on both nodes. */
@PinnedNuma(cpus = "0-1")
class GuardedStreamingTest extends StreamingTestCase {

    @Override
    @RepeatedTest(3)
    void inference() {
        super.inference();
    }
}
