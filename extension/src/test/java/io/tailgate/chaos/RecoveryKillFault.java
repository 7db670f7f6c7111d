/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

/** A warden was killed while it held, and so is the one that puts that right, at a point of its own. */
record RecoveryKillFault(FaultPoint point, Recovery recovery) implements Fault {

    @Override
    public String kind() {
        return "kill -9 of a warden that recovers";
    }

    @Override
    public Ending inject(Round round) throws Exception {
        LeftBehind.by(round);
        DirectWarden recovering = round.directWarden(point);
        recovering.say("hold");
        if (point == FaultPoint.RELEASE_LOCKED) {
            recovering.assertHeld(recovering.answer(), round.before());
            recovering.say("release");
        }
        round.ground().stops().await(point);
        Signal.KILL.send(recovering.pid());
        recovering.process.exitValue();
        assertThat(round.ground().value())
                .as("value when the recovering warden is dead")
                .isIn(round.before(), round.wanted());
        Ending ending = recovery.recover(round, Optional.empty());
        round.assertRestored();
        return ending;
    }
}
