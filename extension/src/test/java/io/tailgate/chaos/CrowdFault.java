/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Several JVMs hold the same setting at once and end in random order, each in its own way. */
record CrowdFault(int jvms) implements Fault {

    private enum Death {
        LEAVES,
        RELEASES,
        JVM_KILLED,
        WARDEN_KILLED,
        BOTH_KILLED,
        TERMINATED
    }

    @Override
    public String kind() {
        return "2 to 8 JVMs at once";
    }

    @Override
    public Ending inject(Round round) throws Exception {
        List<HolderProcess> holders = new ArrayList<>();
        for (int i = 0; i < jvms; i++) {
            holders.add(round.holder());
        }
        for (HolderProcess holder : holders) { // all at once: they meet at the lock
            holder.startWarden().say("hold");
        }
        for (HolderProcess holder : holders) {
            holder.assertHeld(holder.answer(), round.before());
        }
        boolean cleanedUp = true;
        for (HolderProcess holder : round.shuffled(holders)) {
            assertThat(round.ground().value()).as("value while somebody holds").isEqualTo(round.wanted());
            cleanedUp = die(holder, round.oneOf(List.of(Death.values())));
        }
        return end(round, cleanedUp);
    }

    private static Ending end(Round round, boolean cleanedUp) throws Exception {
        Ending ending = Ending.RESTORED_BY_ITS_WARDEN;
        if (!cleanedUp) { // the last warden was killed
            Recovery recovery = round.oneOf(KillFault.recoveriesOf(Victim.BOTH));
            ending = recovery.recover(round, Optional.empty());
        }
        round.assertRestored();
        return ending;
    }

    /** Returns whether a warden lived to see the end of this JVM. */
    private static boolean die(HolderProcess holder, Death death) throws Exception {
        switch (death) {
            case LEAVES -> holder.leave();
            case RELEASES -> {
                holder.answerTo("release");
                holder.leave();
            }
            case JVM_KILLED -> Signal.KILL.send(holder.pid());
            case TERMINATED -> Signal.TERM.send(holder.pid());
            case WARDEN_KILLED -> {
                Signal.KILL.send(holder.warden());
                holder.seesItsWardenGone();
                holder.leave();
            }
            case BOTH_KILLED -> {
                Signal.KILL.send(holder.warden());
                Signal.KILL.send(holder.pid());
            }
        }
        holder.awaitWardenGone();
        return death != Death.WARDEN_KILLED && death != Death.BOTH_KILLED;
    }
}
