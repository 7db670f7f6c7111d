/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import java.util.OptionalLong;

/** Watches the setting from a kill on until its warden has gone. */
final class Restoration {

    private Restoration() {}

    /** Returns the time until the setting was back for good; empty where nobody ever saw it changed. */
    static OptionalLong watch(Ground ground, String before, long warden, long killedAt) {
        boolean changed = false;
        long back = 0;
        while (true) {
            boolean gone = ProcessState.isGone(warden); // asked first, so that the last look is after the end
            boolean restored = ground.value().equals(before);
            long now = System.nanoTime();
            if (!restored) {
                changed = true;
                back = 0;
            } else if (back == 0) {
                back = now;
            }
            if (gone) {
                return changed && restored ? OptionalLong.of(back - killedAt) : OptionalLong.empty();
            }
            if (now - killedAt > Waiting.PATIENCE.toNanos()) {
                throw new AssertionError("warden " + warden + " lives " + Waiting.PATIENCE.toSeconds()
                        + " s after its JVM was killed; the setting is " + ground.value());
            }
            Waiting.pause();
        }
    }
}
