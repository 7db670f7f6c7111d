/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine;

/**
 * A thread of this process, unmistakably: the kernel gives a thread's number again soon.
 *
 * @param startTime clock ticks after boot, field 22 of {@code /proc/self/task/TID/stat}
 */
public record ThreadId(int tid, long startTime) {

    @Override
    public String toString() {
        return "thread " + tid;
    }
}
