/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import io.tailgate.machine.MachineException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Keeps virtual threads away from calls that would change the carrier thread under them. */
final class PlatformThreads {

    /** {@code Thread.isVirtual()}; null before JDK 21. */
    private static final @Nullable MethodHandle IS_VIRTUAL = find();

    private PlatformThreads() {}

    private static @Nullable MethodHandle find() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (NoSuchMethodException e) {
            return null; // no virtual threads then
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    static void require(String what) {
        if (isVirtual(Thread.currentThread())) {
            throw new MachineException("cannot " + what + " of the virtual thread \""
                    + Thread.currentThread().getName()
                    + "\": it belongs to whichever carrier thread runs it; run the test on a platform thread");
        }
    }

    private static boolean isVirtual(Thread thread) {
        if (IS_VIRTUAL == null) {
            return false;
        }
        try {
            return (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (Throwable e) {
            throw new IllegalStateException("Thread.isVirtual failed", e);
        }
    }
}
