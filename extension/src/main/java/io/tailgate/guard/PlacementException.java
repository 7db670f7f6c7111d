/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.guard;

/** A test asked for a place that this machine does not have or does not give; nothing was changed. */
public final class PlacementException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PlacementException(String message) {
        super(message);
    }
}
