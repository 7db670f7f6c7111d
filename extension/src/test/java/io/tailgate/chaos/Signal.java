/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import com.sun.jna.Function;

/** A signal sent by kill(2) itself: a process for each would cost more than what is measured. */
enum Signal {
    HUP(1),
    INT(2),
    KILL(9),
    TERM(15),
    CONT(18),
    STOP(19);

    private static final Function KILL_CALL = Function.getFunction("c", "kill");

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    /** To a process that may be gone already. */
    void send(long process) {
        KILL_CALL.invokeInt(new Object[] {Math.toIntExact(process), number});
    }

    void sendToGroup(long leader) {
        send(-leader);
    }
}
