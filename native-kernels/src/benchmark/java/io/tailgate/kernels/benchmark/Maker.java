/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

/** Whose a measured thing is. */
enum Maker {
    OURS,
    ONEDNN,
    ONNX_RUNTIME,
    /** Nobody's: the CPU's own limit. */
    PEAK
}
