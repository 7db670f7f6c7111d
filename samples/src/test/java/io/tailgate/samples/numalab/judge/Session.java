/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.numalab.judge;

/**
 * How one JVM of the guest ended: {@code session.json}.
 *
 * @param balancingBefore kernel.numa_balancing before it was started
 * @param balancingAfter and after its end
 * @param jvms how many were started; those before the last died in compiled code, or were not scanned
 */
record Session(int uid, int exitStatus, String balancingBefore, String balancingAfter, int jvms) {

    /** Says whether it ran as that user to its end and left balancing on. */
    boolean leftBalancingOn(int user) {
        return uid == user && exitStatus == 0 && balancingBefore.equals("1") && balancingAfter.equals("1");
    }
}
