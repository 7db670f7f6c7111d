/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

/** {@code tg_status}: turns a native call's answer into nothing or into the right exception. */
final class Status {

    private static final int OK = 0;
    private static final int INVALID_ARGUMENT = 1;
    private static final int CPU_NOT_ALLOWED = 2;
    private static final int UNSUPPORTED = 4;
    private static final int BUSY = 5;

    private Status() {}

    static void check(int status) {
        if (status != OK) {
            throw failure(status, KernelLibrary.get().tg_last_error());
        }
    }

    private static RuntimeException failure(int status, String message) {
        return switch (status) {
            case INVALID_ARGUMENT, CPU_NOT_ALLOWED -> new IllegalArgumentException(message);
            case UNSUPPORTED -> new UnsupportedOperationException(message);
            case BUSY -> new IllegalStateException(message);
            default -> new KernelException(message);
        };
    }
}
