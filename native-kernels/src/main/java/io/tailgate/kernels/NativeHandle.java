/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.LongToIntFunction;

/** The address of a native object: one user at a time, and none after it was freed. */
final class NativeHandle implements AutoCloseable {

    private static final long FREED = 0;

    private final String name;
    private final LongToIntFunction destroy;
    private final ReentrantLock use = new ReentrantLock();
    private long address;

    NativeHandle(String name, long address, LongToIntFunction destroy) {
        this.name = name;
        this.address = address;
        this.destroy = destroy;
    }

    /** Calls a function that returns a status. A {@code call} that captures nothing makes this free of allocation. */
    void run(LongToIntFunction call) {
        enter();
        try {
            Status.check(call.applyAsInt(address));
        } finally {
            use.unlock();
        }
    }

    <T> T get(LongFunction<T> call) {
        enter();
        try {
            return call.apply(address);
        } finally {
            use.unlock();
        }
    }

    private void enter() {
        if (!use.tryLock()) {
            throw new IllegalStateException("another thread is using this " + name
                    + "; wait for it, or give each thread a " + name + " of its own");
        }
        if (address == FREED) {
            use.unlock();
            throw new IllegalStateException("this " + name + " is closed; build a new one");
        }
    }

    /** Waits for a run under way, then frees. The second time does nothing. */
    @Override
    public void close() {
        use.lock();
        try {
            if (address != FREED) {
                Status.check(destroy.applyAsInt(address));
                address = FREED;
            }
        } finally {
            use.unlock();
        }
    }
}
