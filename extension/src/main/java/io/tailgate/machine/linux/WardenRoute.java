/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

/** One way to a warden. */
interface WardenRoute {

    /**
     * Starts a warden, or reaches one.
     *
     * @throws io.tailgate.machine.MachineException if this way leads to none, in words
     */
    WardenLink open();
}
