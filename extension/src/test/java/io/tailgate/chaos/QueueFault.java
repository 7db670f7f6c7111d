/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

/** A warden stands still while it has the lock, with another one waiting behind it; then it goes on, or dies. */
record QueueFault(FaultPoint point, boolean dies) implements Fault {

    @Override
    public String kind() {
        return dies ? "kill -9 of a warden that others wait for" : "SIGSTOP of a warden that others wait for";
    }

    @Override
    public Ending inject(Round round) throws Exception {
        DirectWarden first = round.directWarden(point);
        first.say("hold");
        round.ground().stops().await(point);
        DirectWarden second = round.directWarden();
        second.say("hold");
        String now = round.ground().value();
        TimeUnit.MILLISECONDS.sleep(20);
        assertThat(round.ground().value()).as("value while one has the lock").isEqualTo(now);
        if (dies) {
            Signal.KILL.send(first.pid());
            first.process.exitValue();
            second.assertHeld(second.answer(), round.before());
        } else {
            Signal.CONT.send(first.pid());
            first.assertHeld(first.answer(), round.before());
            second.assertHeld(second.answer(), round.before());
            first.leave();
            assertThat(round.ground().value())
                    .as("value while the second holds")
                    .isEqualTo(round.wanted());
        }
        second.leave();
        round.assertRestored();
        return Ending.RESTORED_BY_ITS_WARDEN;
    }
}
