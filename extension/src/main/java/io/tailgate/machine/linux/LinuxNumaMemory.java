/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.NumaMemory;
import io.tailgate.machine.NumaPolicy;

/** The calling thread's memory policy by set_mempolicy(2). */
final class LinuxNumaMemory implements NumaMemory {

    private final PolicyCalls policies;

    LinuxNumaMemory(PolicyCalls policies) {
        this.policies = policies;
    }

    @Override
    public NumaPolicy threadPolicy() {
        PlatformThreads.require("read the memory policy");
        return policies.ofThread();
    }

    @Override
    public void setThreadPolicy(NumaPolicy policy) {
        PlatformThreads.require("set the memory policy");
        policies.setForThread(policy);
    }
}
