/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

/** Which processes there are. */
public interface ProcessTable {

    /** Returns the identity of this JVM. */
    ProcessIdentity self();

    /** Says whether exactly that process is still there, not another that was given its number. */
    boolean isAlive(ProcessIdentity process);
}
