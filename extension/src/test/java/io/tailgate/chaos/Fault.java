/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

/** One way of hurting a guard, and what must be true afterwards. */
interface Fault {

    /** Under which it is counted. */
    String kind();

    /** Throws {@link AssertionError} where the machine is not as it must be. */
    Ending inject(Round round) throws Exception;
}
