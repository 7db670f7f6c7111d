/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import com.sun.jna.Native;

/**
 * The calls of measured loops, by JNA's direct mapping: it allocates nothing and costs a fraction of the interface's.
 */
final class RunFunctions {

    static {
        Native.register(RunFunctions.class, KernelLibrary.NAME);
    }

    private RunFunctions() {}

    static native int tg_network_run(long network);

    static native int tg_network_run_layer(long network, int layer);

    static native int tg_sgemm_run(long sgemm);
}
