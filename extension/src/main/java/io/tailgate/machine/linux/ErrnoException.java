/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;

/** A call failed with this errno; the only place where errno messages are made. */
final class ErrnoException extends MachineException {

    static final int ESRCH = 3;
    static final int EWOULDBLOCK = 11;
    static final int EFAULT = 14;
    static final int EINVAL = 22;

    private static final long serialVersionUID = 1L;

    private final int errno;

    ErrnoException(String call, int errno, String text) {
        super(call + " failed: " + text + " (errno " + errno + ")");
        this.errno = errno;
    }

    int errno() {
        return errno;
    }
}
