/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** {@code kill -9} at a random moment of a guard's first and last milliseconds: between all the points. */
record RandomKillFault(Victim victim, Recovery recovery) implements Fault {

    private static final int HOLD_TAKES_AT_MOST_NS = 8_000_000;
    private static final int RELEASE_TAKES_AT_MOST_NS = 2_000_000;

    @Override
    public String kind() {
        return KillFault.words(victim) + " at a random moment";
    }

    @Override
    public Ending inject(Round round) throws Exception {
        boolean inRelease = round.random().nextBoolean();
        HolderProcess holder = round.holder().startWarden();
        holder.say("hold");
        if (inRelease) {
            holder.assertHeld(holder.answer(), round.before());
            holder.say("release");
        }
        LockSupport.parkNanos(round.random().nextInt(inRelease ? RELEASE_TAKES_AT_MOST_NS : HOLD_TAKES_AT_MOST_NS));
        return kill(round, holder);
    }

    private Ending kill(Round round, HolderProcess holder) throws Exception {
        long killedAt = System.nanoTime();
        if (victim.killsTheJvm) {
            Signal.KILL.send(holder.pid());
        }
        Ending ending = Ending.RESTORED_BY_ITS_WARDEN;
        if (victim.killsTheWarden) {
            Signal.KILL.send(holder.warden());
            holder.awaitWardenGone();
            assertThat(round.ground().value())
                    .as("value when the warden is dead")
                    .isIn(round.before(), round.wanted());
            ending = recovery.recover(round, survivor(holder));
        } else {
            Restoration.watch(round, holder.warden(), killedAt)
                    .ifPresent(nanos -> round.tally().restoredAfter("a random moment", nanos));
        }
        round.assertRestored();
        return ending;
    }

    private Optional<HolderProcess> survivor(HolderProcess holder) throws InterruptedException {
        if (victim.killsTheJvm) {
            return Optional.empty();
        }
        holder.seesItsWardenGone(); // and has said all that it had to say
        return Optional.of(holder);
    }
}
