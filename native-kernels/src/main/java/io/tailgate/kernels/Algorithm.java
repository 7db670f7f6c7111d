/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import org.apiguardian.api.API;

/**
 * How an FP32 network computes its 3x3 convolutions of stride 1; everything else is direct.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public enum Algorithm {
    /**
     * For each layer the faster one; which that is depends on the images of one thread. INT8 gives the same bits by any
     * algorithm, so that the instruction set chooses it.
     */
    AUTO(0),
    /** Multiply and add, as the definition says. */
    DIRECT(1),
    /** Winograd F(4x4, 3x3): about a quarter of the multiplications, results that differ by up to 1e-3. */
    WINOGRAD(2);

    private final int code;

    Algorithm(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
