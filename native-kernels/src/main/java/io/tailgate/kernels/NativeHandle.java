/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels;

import com.sun.jna.ptr.LongByReference;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.LongToIntFunction;
import java.util.function.ToIntFunction;

/**
 * The address of a native object: one user at a time, and none after it was freed. It is freed by {@link #close()}, or
 * else some time after nobody can reach the handle any more.
 */
final class NativeHandle implements AutoCloseable {

    private static final Cleaner CLEANER = Cleaner.create();

    private final String name;
    private final Target target;
    private final Cleaner.Cleanable cleanable;
    private final ReentrantLock use = new ReentrantLock();

    private NativeHandle(String name, LongToIntFunction destroy) {
        this.name = name;
        this.target = new Target(destroy);
        this.cleanable = CLEANER.register(this, target);
    }

    /** Creates the native object last, so that nothing can fail between its creation and the promise to free it. */
    static NativeHandle create(String name, ToIntFunction<LongByReference> create, LongToIntFunction destroy) {
        NativeHandle handle = new NativeHandle(name, destroy);
        LongByReference address = new LongByReference();
        Status.check(create.applyAsInt(address));
        handle.target.address = address.getValue();
        return handle;
    }

    /** Calls a function that returns a status. A {@code call} that captures nothing makes this free of allocation. */
    void run(LongToIntFunction call) {
        enter();
        try {
            Status.check(call.applyAsInt(target.address));
        } finally {
            leave();
        }
    }

    <T> T get(LongFunction<T> call) {
        enter();
        try {
            return call.apply(target.address);
        } finally {
            leave();
        }
    }

    private void enter() {
        if (!use.tryLock()) {
            throw new IllegalStateException("another thread is using this " + name
                    + "; wait for it, or give each thread a " + name + " of its own");
        }
        if (target.address == Target.NONE) {
            use.unlock();
            throw new IllegalStateException("this " + name + " is closed; build a new one");
        }
    }

    private void leave() {
        try {
            use.unlock();
        } finally {
            Reference.reachabilityFence(this); // or the cleaner could free what a call under way uses
        }
    }

    /** Waits for a run under way, then frees. The second time does nothing. */
    @Override
    public void close() {
        use.lock();
        try {
            cleanable.clean();
        } finally {
            leave();
        }
    }

    /** What is to be freed, once. It does not know its handle, which would thereby stay reachable for ever. */
    private static final class Target implements Runnable {

        private static final long NONE = 0;

        private final LongToIntFunction destroy;
        private long address = NONE;

        private Target(LongToIntFunction destroy) {
            this.destroy = destroy;
        }

        @Override
        public void run() {
            if (address != NONE) {
                Status.check(destroy.applyAsInt(address));
                address = NONE;
            }
        }
    }
}
