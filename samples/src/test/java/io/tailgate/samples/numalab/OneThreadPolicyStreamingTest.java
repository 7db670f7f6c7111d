/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab;

/**
 * Control: a memory policy of one thread keeps away the scans by that thread only, and any other scans for all.
 *
 * <p>It is the worker that has one. Where the test's thread has it, that one mostly wins the race for the next scan and
 * finds nothing to scan, so that it depends on chance how often the other scans: 34 to 15,300 faults were seen in a window.
 */
class OneThreadPolicyStreamingTest extends StreamingTestCase {

    private boolean isSet;

    @Override
    StreamingNetwork make() {
        return new StreamingNetwork(Bottleneck.ofResNet152(), this::setInWorker);
    }

    private void setInWorker(int thread, int block) {
        if (thread == Lockstep.WORKER && !isSet) {
            LinuxCalls.setLocalPolicy(); // ends with the worker
            isSet = true;
        }
    }
}
