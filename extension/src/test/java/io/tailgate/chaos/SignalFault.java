/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

/** A polite end of the JVM, or of everything in its process group; the warden is in none that anybody knows. */
record SignalFault(Signal signal, boolean toTheWholeGroup) implements Fault {

    @Override
    public String kind() {
        return "SIG" + signal + (toTheWholeGroup ? " to the JVM's process group" : " to the JVM");
    }

    @Override
    public Ending inject(Round round) throws Exception {
        HolderProcess holder = round.with(HolderProcess.inOwnGroup(round.ground()));
        holder.startWarden().hold(round.before());
        if (toTheWholeGroup) {
            signal.sendToGroup(holder.pid());
        } else {
            signal.send(holder.pid());
        }
        holder.process.exitValue();
        holder.awaitWardenGone();
        round.assertRestored();
        return Ending.RESTORED_BY_ITS_WARDEN;
    }
}
