/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingTests {

    private static final long MS = 1_000_000;

    private final FakeClock clock = new FakeClock();
    private final List<Long> parked = new ArrayList<>();

    @Test
    void parksUntilShortlyBeforeAndSpinsForTheRest() throws InterruptedException {
        long due = clock.nanoTime() + MS;
        Waiting waiting = new Waiting(this::tick, this::park);
        assertThat(waiting.park(due)).isTrue();
        assertThat(due - clock.nanoTime()).isBetween(Waiting.SPIN_NS - 10, Waiting.SPIN_NS);
        waiting.spin(due);
        assertThat(clock.nanoTime() - due).isBetween(0L, 10L);
        assertThat(parked).hasSize(1);
    }

    @Test
    void parksAgainWhereItWokeUpEarly() throws InterruptedException {
        Waiting waiting = new Waiting(clock, ns -> park(Math.max(1, ns / 2)));
        waiting.park(clock.nanoTime() + MS);
        assertThat(parked).hasSizeGreaterThan(2);
    }

    @Test
    void doesNotParkWhereItIsLate() throws InterruptedException {
        Waiting waiting = new Waiting(this::tick, this::park);
        assertThat(waiting.park(clock.nanoTime() - MS)).isFalse();
        assertThat(waiting.park(clock.nanoTime() + Waiting.SPIN_NS)).isFalse();
        waiting.spin(clock.nanoTime() - MS);
        assertThat(parked).isEmpty();
    }

    @Test
    void endsWhenInterrupted() {
        Waiting waiting = new Waiting(clock, ns -> Thread.currentThread().interrupt());
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> waiting.park(clock.nanoTime() + MS));
        assertThat(Thread.interrupted()).isFalse();
    }

    private long tick() {
        clock.advance(1);
        return clock.nanoTime();
    }

    private void park(long ns) {
        parked.add(ns);
        clock.advance(ns);
    }
}
