/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import com.sun.jna.Function;

/** A copy of the JVM that never becomes another program: it keeps every open file, pipes marked close-on-exec too. */
final class ForkWithoutExec {

    private ForkWithoutExec() {}

    /** Returns the copy's process id; the copy itself waits here until it is killed. */
    static int fork() {
        Function pause =
                Function.getFunction("c", "pause"); // looked up before: the copy has no other thread to help it
        int copy = Function.getFunction("c", "fork").invokeInt(new Object[0]);
        while (copy == 0) {
            pause.invokeInt(new Object[0]);
        }
        return copy;
    }
}
