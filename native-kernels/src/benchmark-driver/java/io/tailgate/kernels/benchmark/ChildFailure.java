/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

/** A process of the benchmark gave no results; the message says which, and how it ended. */
final class ChildFailure extends Exception {

    private static final long serialVersionUID = 1;

    ChildFailure(String message) {
        super(message);
    }
}
