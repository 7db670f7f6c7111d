/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

/** Somebody stands still for a while: nothing may be given back early, nor be forgotten. */
enum StandstillFault implements Fault {
    OF_THE_JVM("SIGSTOP of the JVM, then SIGCONT") {
        @Override
        void standStill(Round round, HolderProcess holder) throws Exception {
            Signal.STOP.send(holder.pid());
            Waiting.until(() -> ProcessState.isStopped(holder.pid()), () -> "the JVM stops");
            assertHeldForAWhile(round);
            Signal.CONT.send(holder.pid());
            holder.assertHeld(holder.answerTo("check"), round.before());
            holder.leave();
        }
    },
    OF_THE_JVM_FOR_EVER("SIGSTOP of the JVM, then SIGKILL") {
        @Override
        void standStill(Round round, HolderProcess holder) throws Exception {
            Signal.STOP.send(holder.pid());
            assertHeldForAWhile(round);
            Signal.KILL.send(holder.pid());
            holder.awaitWardenGone();
        }
    },
    OF_THE_WARDEN("SIGSTOP of the warden, its JVM killed meanwhile") {
        @Override
        void standStill(Round round, HolderProcess holder) throws Exception {
            Signal.STOP.send(holder.warden());
            Waiting.until(() -> ProcessState.isStopped(holder.warden()), () -> "the warden stops");
            Signal.KILL.send(holder.pid());
            assertHeldForAWhile(round);
            Signal.CONT.send(holder.warden());
            holder.awaitWardenGone();
        }
    };

    private final String kind;

    StandstillFault(String kind) {
        this.kind = kind;
    }

    abstract void standStill(Round round, HolderProcess holder) throws Exception;

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Ending inject(Round round) throws Exception {
        HolderProcess holder = round.holder().startWarden();
        holder.hold(round.before());
        standStill(round, holder);
        round.assertRestored();
        return Ending.RESTORED_BY_ITS_WARDEN;
    }

    private static void assertHeldForAWhile(Round round) throws InterruptedException {
        for (int look = 0; look < 20; look++) {
            TimeUnit.MILLISECONDS.sleep(2);
            assertThat(round.ground().value()).as("value during the standstill").isEqualTo(round.wanted());
        }
    }
}
