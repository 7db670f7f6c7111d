/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.samples.calibration;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.tailgate.Tailgate;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What is put into one iteration of {@link Injected#ONE_IN}, or done to the process from outside. */
enum Injection {
    NOTHING,
    BUSY_WAIT {
        @Override
        void slowDown() {
            long end = System.nanoTime() + SLOW_NS;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
    },
    SLEEP {
        @Override
        void slowDown() throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(SLOW_NS);
        }
    },
    FAULT_STORM {
        @Override
        void slowDown() {
            FreshPages.touch();
        }
    },
    CPU_HOG,
    SIGSTOP,
    THREE_FREEZES;

    static final long SLOW_NS = TimeUnit.MILLISECONDS.toNanos(3);

    void slowDown() throws InterruptedException {
        // from outside, or not at all
    }

    Tailgate.Iteration into(Tailgate.Iteration body, BooleanSupplier now) {
        return () -> {
            body.run();
            if (now.getAsBoolean()) {
                slowDown();
            }
        };
    }

    /** Pages that the kernel has to give anew each time. */
    private static final class FreshPages {

        private static final int PAGE = 4096;
        private static final int PAGES = 8_000;
        private static final int MADV_DONTNEED = 4; // asm-generic/mman-common.h, as the other
        private static final int MADV_NOHUGEPAGE = 15;
        private static final Memory MEMORY = new Memory((PAGES + 1L) * PAGE);
        private static final long START = (Pointer.nativeValue(MEMORY) + PAGE - 1) & -PAGE;

        static {
            Native.register(FreshPages.class, NativeLibrary.getInstance("c"));
            madvise(START, (long) PAGES * PAGE, MADV_NOHUGEPAGE);
        }

        private static native int madvise(long start, long length, int advice) throws LastErrorException;

        static void touch() {
            madvise(START, (long) PAGES * PAGE, MADV_DONTNEED);
            long offset = START - Pointer.nativeValue(MEMORY);
            for (long page = 0; page < PAGES; page++) {
                MEMORY.setByte(offset + page * PAGE, (byte) 1);
            }
        }
    }
}
