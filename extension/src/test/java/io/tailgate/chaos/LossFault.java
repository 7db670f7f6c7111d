/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

/** The warden of a guard is killed; the guard's own classes replace it without being asked, and know of the loss. */
record LossFault(boolean jvmKilledAfterwards) implements Fault {

    @Override
    public String kind() {
        return "kill -9 of a guard's warden, replaced by the guard";
    }

    @Override
    public Ending inject(Round round) throws Exception {
        HolderProcess holder = round.with(HolderProcess.production(round.ground()));
        holder.hold(round.before());
        holder.asksForItsWarden();
        long first = holder.warden();
        Signal.KILL.send(first);
        Waiting.until(() -> ProcessState.isGone(first), () -> "warden " + first + " dies");
        holder.assertHeld(holder.answerTo("check"), round.before());
        assertThat(holder.start("!losses")).as("losses that the guard knows of").isEqualTo(1);
        holder.asksForItsWarden();
        assertThat(holder.warden()).as("the replacing warden").isNotIn(0L, first);
        if (jvmKilledAfterwards) {
            Signal.KILL.send(holder.pid());
            holder.awaitWardenGone();
        } else {
            assertThat(holder.answerTo("release"))
                    .isEqualTo("restored " + round.ground().setting().name() + " " + round.before());
            holder.leave();
        }
        round.assertRestored();
        return Ending.RESTORED_BY_REPLACEMENT;
    }
}
