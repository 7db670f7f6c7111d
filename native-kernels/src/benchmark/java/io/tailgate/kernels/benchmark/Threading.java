/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

/** How oneDNN uses several CPUs: {@code tgb_threading}. */
enum Threading {
    OPENMP(0, "oneDNN, OpenMP"),
    SHARED_OUT(1, "oneDNN, shared out");

    private final int code;
    private final String label;

    Threading(int code, String label) {
        this.code = code;
        this.label = label;
    }

    int code() {
        return code;
    }

    String label() {
        return label;
    }
}
