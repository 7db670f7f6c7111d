/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

/** A monotonic clock in nanoseconds, so that tests need not wait. */
@FunctionalInterface
interface NanoClock {
    long nanoTime();
}
