/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;

/**
 * The warden ended, does not answer, or is not understood: what it held is restored by it or by the next one. Or it could
 * not be started just now.
 */
final class WardenLostException extends MachineException {

    private static final long serialVersionUID = 1L;

    WardenLostException(String message) {
        super(message);
    }

    WardenLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
