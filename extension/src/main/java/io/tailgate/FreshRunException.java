/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

/** A test could not be run in a process of its own, or came to no verdict there; the message says why. */
final class FreshRunException extends Exception {

    private static final long serialVersionUID = 1L;

    FreshRunException(String message) {
        super(message);
    }

    FreshRunException(String message, Throwable cause) {
        super(message, cause);
    }
}
