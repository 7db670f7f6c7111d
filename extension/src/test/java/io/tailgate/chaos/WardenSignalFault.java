/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

/** What ends other processes does not end a warden: its setting is held as long as its client lives. */
record WardenSignalFault(Signal signal) implements Fault {

    @Override
    public String kind() {
        return "SIG" + signal + " to the warden";
    }

    @Override
    public Ending inject(Round round) throws Exception {
        HolderProcess holder = round.holder().startWarden();
        holder.hold(round.before());
        signal.send(holder.warden());
        holder.assertHeld(holder.answerTo("check"), round.before());
        holder.leave();
        round.assertRestored();
        return Ending.RESTORED_BY_ITS_WARDEN;
    }
}
