/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

/** Something that is timed in turn with others. */
interface Timed extends AutoCloseable {

    /** Returns the name in tables, e.g. {@code ONNX Runtime}. */
    String name();

    /** Computes once, as fast as it can; what is timed. */
    void run();

    /** Frees threads and memory. */
    @Override
    void close();
}
