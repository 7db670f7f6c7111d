/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import static org.apiguardian.api.API.Status.EXPERIMENTAL;

import java.io.Serial;
import org.apiguardian.api.API;

/**
 * The native library or the operating system could not do what was asked, for no fault of the caller: no memory, a
 * thread that could not be started or kept on its CPU.
 *
 * @since 0.1
 */
@API(status = EXPERIMENTAL, since = "0.1")
public final class KernelException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    KernelException(String message) {
        super(message);
    }
}
