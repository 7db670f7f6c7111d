/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

/** One implementation of C = A * B. */
interface Product extends Timed {

    /** Returns C of the last run, row-major. */
    float[] c();
}
