/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import java.util.Map;
import java.util.OptionalDouble;

/** Something that is timed in turn with others. */
interface Timed extends AutoCloseable {

    /** Returns the name in tables, e.g. {@code ONNX Runtime}. */
    String name();

    /** Computes once, as fast as it can; what is timed. */
    void run();

    /** Returns how it is set, by the names that the results have: threads, CPUs, instruction set, layout, memory. */
    default Map<String, String> settings() {
        return Map.of();
    }

    /** Returns the operations of its last run where they are not those of the other contestants. */
    default OptionalDouble ownOperations() {
        return OptionalDouble.empty();
    }

    /** Frees threads and memory. */
    @Override
    void close();
}
