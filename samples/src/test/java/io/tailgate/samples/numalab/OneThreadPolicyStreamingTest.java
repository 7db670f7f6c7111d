/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

import org.junit.jupiter.api.AfterEach;

/** Control: a memory policy of one thread keeps away the scans by that thread only; the worker was started without one. */
class OneThreadPolicyStreamingTest extends StreamingTestCase {

    @Override
    void prepare(StreamingNetwork built) {
        LinuxCalls.setLocalPolicy();
    }

    @AfterEach
    void unset() {
        LinuxCalls.setDefaultPolicy();
    }
}
