/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;

/** Watches the setting from a kill on until its warden has gone. */
final class Restoration {

    private Restoration() {}

    /** Returns the time until the setting was back for good; empty where nobody ever saw it changed. */
    static OptionalLong watch(Round round, long warden, long killedAt) {
        boolean changed = false;
        long back = 0;
        while (true) {
            boolean gone = ProcessState.isGone(warden); // asked first, so that the last look is after the end
            String value = round.ground().value();
            boolean restored = value.equals(round.before());
            long now = System.nanoTime();
            if (!restored) {
                assertThat(value).as("value after the kill").isIn(round.wanted(), Ground.BEING_WRITTEN);
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
                        + " s after its JVM was killed; the setting is " + value);
            }
            Waiting.pause();
        }
    }
}
