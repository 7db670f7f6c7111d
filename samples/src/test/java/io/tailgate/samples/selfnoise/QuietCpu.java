/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.selfnoise;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import io.tailgate.machine.ThreadId;
import io.tailgate.machine.linux.Machines;

/**
 * The CPU that all harnesses share: the last that this process may use. Threads are born with the mask of the thread that
 * starts them, so once the main thread is confined to it, what the harnesses start runs there too.
 */
final class QuietCpu {

    private static final Machine MACHINE = Machines.ofThisHost();
    private static final CpuSet USABLE = MACHINE.affinity();
    private static final CpuSet CHOSEN = CpuSet.of(last());

    /** Sleeps until the JVM ends; its mask says what the process was started on, and is left for Tailgate to read. */
    private static final long FIRST = ProcessHandle.current().pid();

    private QuietCpu() {}

    static String chosen() {
        return CHOSEN.toString();
    }

    /** Confines the calling thread to the CPU, and the JVM's other threads to those beside it, where there are any. */
    static void occupy() {
        USABLE.without(CHOSEN).ifPresent(QuietCpu::sendOthers);
        MACHINE.setAffinity(CHOSEN);
        if (!MACHINE.affinity().equals(CHOSEN)) {
            throw new IllegalStateException("wanted to run on CPU " + CHOSEN + ", the kernel gave " + MACHINE.affinity()
                    + "; start this with that CPU in its cpuset");
        }
    }

    private static void sendOthers(CpuSet beside) {
        ThreadId self = MACHINE.currentThread();
        MACHINE.affinities().keySet().stream()
                .filter(thread -> !thread.equals(self) && thread.tid() != FIRST)
                .forEach(thread -> MACHINE.setAffinity(thread, beside));
    }

    private static int last() {
        return USABLE.stream().max().orElseThrow();
    }
}
