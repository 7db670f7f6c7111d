/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

/** A clock that only a test moves. */
final class FakeClock implements NanoClock {

    private long now = Long.MAX_VALUE - 1_000; // so that it soon overflows, as nanoTime may

    @Override
    public long nanoTime() {
        return now;
    }

    void advance(long ns) {
        now += ns;
    }
}
