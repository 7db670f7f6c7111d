/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

/** Guards within guards, of which so many have ended when the JVM is killed, or when it ends. */
record NestedFault(int guards, int ended) implements Fault {

    @Override
    public String kind() {
        return "nested guards, " + (ended < guards ? "kill -9 of the JVM" : "all ended");
    }

    @Override
    public Ending inject(Round round) throws Exception {
        HolderProcess holder = round.with(HolderProcess.production(round.ground()));
        for (int guard = 0; guard < guards; guard++) {
            holder.hold(round.before());
        }
        holder.asksForItsWarden();
        String name = round.ground().setting().name();
        for (int left = guards - 1; left >= guards - ended; left--) {
            String answer = holder.answerTo("release");
            assertThat(answer)
                    .isEqualTo(
                            left > 0
                                    ? "shared " + name + " " + round.wanted()
                                    : "restored " + name + " " + round.before());
            assertThat(round.ground().value())
                    .as("value with %d guards left", left)
                    .isEqualTo(left > 0 ? round.wanted() : round.before());
        }
        if (ended < guards) {
            Signal.KILL.send(holder.pid());
            holder.awaitWardenGone();
        } else {
            holder.leave();
        }
        round.assertRestored();
        return Ending.RESTORED_BY_ITS_WARDEN;
    }
}
