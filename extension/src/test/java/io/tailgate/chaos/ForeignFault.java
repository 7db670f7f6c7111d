/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody else sets the setting while a warden stands at a point; then its client ends in one of several ways. */
record ForeignFault(FaultPoint point, ClientEnd end) implements Fault {

    /** What becomes of the warden and its client after the foreign change. */
    enum ClientEnd {
        LEAVES,
        RELEASES,
        WARDEN_KILLED_NEXT_START,
        WARDEN_KILLED_COMMAND
    }

    @Override
    public String kind() {
        if (point.compareTo(FaultPoint.SETTING_WRITTEN) < 0) {
            return "foreign change before ours";
        }
        return point.isInRelease() ? "foreign change in the release" : "foreign change during the hold";
    }

    @Override
    public Ending inject(Round round) throws Exception {
        DirectWarden warden = round.directWarden(point);
        warden.say("hold");
        if (point.isInRelease()) {
            warden.assertHeld(warden.answer(), round.before());
            warden.say("release");
        }
        round.ground().stops().await(point);
        round.ground().change(round.foreign());
        end(round, warden);
        assertThat(round.ground().value()).as("what somebody else had set").isEqualTo(round.foreign());
        return Ending.FOREIGN_VALUE_LEFT;
    }

    private void end(Round round, DirectWarden warden) throws Exception {
        switch (end) {
            case LEAVES -> {
                Signal.CONT.send(warden.pid());
                warden.leave();
            }
            case RELEASES -> {
                Signal.CONT.send(warden.pid());
                warden.answer();
                if (!point.isInRelease()) {
                    warden.answerTo("release");
                }
                warden.leave();
            }
            case WARDEN_KILLED_NEXT_START -> {
                kill(warden);
                DirectWarden next = round.directWarden();
                next.hold(round.foreign());
                next.leave();
            }
            case WARDEN_KILLED_COMMAND -> {
                kill(warden);
                RestoreCommand.runAnyhow(round.ground());
            }
        }
    }

    private static void kill(DirectWarden warden) throws InterruptedException {
        Signal.KILL.send(warden.pid());
        warden.process.exitValue();
    }
}
