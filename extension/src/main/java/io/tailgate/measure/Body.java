/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

/** One iteration of the test. */
@FunctionalInterface
public interface Body {
    void run() throws Throwable;
}
