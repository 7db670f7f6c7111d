/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

/** A process of the JVM's keeps the warden's pipe open when the JVM is killed. */
enum LeakFault implements Fault {
    CHILD("pipe leaked to a child") {
        @Override
        HolderProcess holder(Round round) throws Exception {
            return round.holder();
        }
    },
    FORK("fork without exec") {
        @Override
        HolderProcess holder(Round round) throws Exception {
            return round.with(HolderProcess.withJna(round.ground()));
        }
    };

    private final String kind;

    LeakFault(String kind) {
        this.kind = kind;
    }

    abstract HolderProcess holder(Round round) throws Exception;

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Ending inject(Round round) throws Exception {
        HolderProcess holder = holder(round).startWarden();
        holder.hold(round.before());
        long keepsThePipe = round.mine(holder.start(this == CHILD ? "!leak" : "!fork"));
        Signal.KILL.send(holder.pid());
        holder.awaitWardenGone();
        assertThat(ProcessState.isGone(keepsThePipe))
                .as("the pipe's other owner is gone")
                .isFalse();
        Signal.KILL.send(keepsThePipe);
        round.assertRestored();
        return Ending.RESTORED_BY_ITS_WARDEN;
    }
}
