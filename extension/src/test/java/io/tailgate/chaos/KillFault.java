/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

/** {@code kill -9} while the warden stands at a point. */
record KillFault(Victim victim, FaultPoint point, Recovery recovery) implements Fault {

    /** Returns the ways back that this victim leaves, to be gone through in turn. */
    static List<Recovery> recoveriesOf(Victim victim) {
        return victim.killsTheJvm ? List.of(Recovery.NEXT_START, Recovery.COMMAND) : List.of(Recovery.values());
    }

    @Override
    public String kind() {
        return words(victim);
    }

    static String words(Victim victim) {
        return switch (victim) {
            case JVM -> "kill -9 of the JVM";
            case WARDEN -> "kill -9 of the warden";
            case BOTH -> "kill -9 of both";
        };
    }

    @Override
    public Ending inject(Round round) throws Exception {
        HolderProcess holder = round.holder().startWarden(Optional.of(point));
        holder.say("hold");
        if (point.isInRelease()) {
            holder.assertHeld(holder.answer(), round.before());
            holder.say("release");
        }
        long warden = round.mine(round.ground().stops().await(point));
        assertThat(round.ground().value())
                .as("value at the time of the kill")
                .isEqualTo(point.leavesItChanged() ? round.wanted() : round.before());
        Ending ending = kill(round, holder, warden);
        round.assertRestored();
        return ending;
    }

    private Ending kill(Round round, HolderProcess holder, long warden) throws Exception {
        long killedAt = System.nanoTime();
        if (victim.killsTheJvm) {
            Signal.KILL.send(holder.pid());
        }
        if (!victim.killsTheWarden) {
            Signal.CONT.send(warden);
            Restoration.watch(round, warden, killedAt)
                    .ifPresent(nanos -> round.tally().restoredAfter(point.wardenName(), nanos));
            return Ending.RESTORED_BY_ITS_WARDEN;
        }
        Signal.KILL.send(warden);
        // while it is dying its lease is locked still, and whoever came now would share the setting with it
        Waiting.until(() -> ProcessState.isGone(warden), () -> "killed warden " + warden + " is gone");
        if (victim.killsTheJvm) {
            holder.process.exitValue();
            return recovery.recover(round, Optional.empty());
        }
        holder.seesItsWardenGone();
        return recovery.recover(round, Optional.of(holder));
    }
}
