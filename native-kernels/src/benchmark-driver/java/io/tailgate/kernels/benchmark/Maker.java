/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

/** Whose a measured thing is. */
enum Maker {
    OURS("ours"),
    ONEDNN("oneDNN"),
    ONNX_RUNTIME("ONNX Runtime"),
    /** Nobody's: the CPU's own limit. */
    PEAK("peak");

    private final String title;

    Maker(String title) {
        this.title = title;
    }

    /** Returns the name in tables. */
    String title() {
        return title;
    }
}
