/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

/** Opens the matrices of a product to the benchmark, which compares them with others'. */
public final class SgemmMatrices {

    private SgemmMatrices() {}

    /** Returns A, row-major. */
    public static float[] a(Sgemm product) {
        return product.a();
    }

    /** Returns B, row-major. */
    public static float[] b(Sgemm product) {
        return product.b();
    }

    /** Returns C of the last run, row-major. */
    public static float[] c(Sgemm product) {
        return product.c();
    }
}
