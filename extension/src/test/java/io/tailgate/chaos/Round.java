/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One fault on a ground: what it starts is gone afterwards, what it draws comes from the seed. */
final class Round implements AutoCloseable {

    private final Ground ground;
    private final SplittableRandom random;
    private final Tally tally;
    private final List<String> values;
    private final Deque<Client> clients = new ArrayDeque<>();
    private final List<Long> others = new ArrayList<>();

    Round(Ground ground, SplittableRandom random, Tally tally) {
        this.ground = ground;
        this.random = random;
        this.tally = tally;
        values = shuffled(ground.setting().others());
        ground.change(before());
    }

    Ground ground() {
        return ground;
    }

    SplittableRandom random() {
        return random;
    }

    Tally tally() {
        return tally;
    }

    /** What the setting is found at. */
    String before() {
        return values.get(0);
    }

    /** What somebody else sets it to: neither what was found nor what is wanted. */
    String foreign() {
        return values.get(1);
    }

    String wanted() {
        return ground.setting().wanted();
    }

    <T extends Client> T with(T client) {
        clients.push(client);
        return client;
    }

    DirectWarden directWarden() throws IOException {
        return with(DirectWarden.start(ground, Optional.empty()));
    }

    DirectWarden directWarden(FaultPoint stop) throws IOException {
        return with(DirectWarden.start(ground, Optional.of(stop)));
    }

    HolderProcess holder() throws IOException {
        return with(HolderProcess.start(ground));
    }

    /** Sees to it that a process does not outlive the round. */
    long mine(long process) {
        others.add(process);
        return process;
    }

    <T> List<T> shuffled(List<T> ordered) {
        List<T> shuffled = new ArrayList<>(ordered);
        for (int last = shuffled.size() - 1; last > 0; last--) {
            Collections.swap(shuffled, last, random.nextInt(last + 1));
        }
        return shuffled;
    }

    <T> T oneOf(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    void assertRestored() {
        assertThat(ground.value()).as("value after all").isEqualTo(before());
    }

    /** What must be true after every fault: the state directory is clean, and nobody is left. */
    void assertNothingLeft() throws IOException {
        assertThat(ground.leftInState()).as("left in " + ground.state()).isEmpty();
        for (Client client : clients) {
            Waiting.until(
                    () -> ProcessState.isGone(client.process.pid()), () -> "process " + client.process.pid() + " ends");
            if (client instanceof HolderProcess holder && holder.warden() != 0) {
                holder.awaitWardenGone();
            }
        }
    }

    /** After a violation some may be left. */
    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.close();
            if (client instanceof HolderProcess holder && holder.warden() != 0) {
                Signal.KILL.send(holder.warden());
            }
        }
        others.forEach(Signal.KILL::send);
    }
}
