/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

/**
 * What else the machine did while the test was measured.
 *
 * @param waits of its iterations for a CPU that others had
 */
public record Noise(Waits waits) {

    public static final Noise NONE = new Noise(Waits.UNKNOWN);
}
