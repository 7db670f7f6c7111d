/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

/** A JVM that ends itself without asking anybody. */
enum EndFault implements Fault {
    EXIT("System.exit", "!exit"),
    HALT("Runtime.halt", "!halt"),
    OUT_OF_MEMORY_ERROR("OutOfMemoryError, -XX:+ExitOnOutOfMemoryError", "!eat");

    private static final int OF_HOTSPOT = 3; // the JVM's own exit value for the error; the holder's too

    private final String kind;
    private final String command;

    EndFault(String kind, String command) {
        this.kind = kind;
        this.command = command;
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Ending inject(Round round) throws Exception {
        HolderProcess holder =
                round.with(HolderProcess.withOptions(round.ground(), "-Xmx8m", "-XX:+ExitOnOutOfMemoryError"));
        holder.startWarden().hold(round.before());
        holder.process.say(command);
        assertThat(holder.process.exitValue()).as("exit value of the JVM").isEqualTo(OF_HOTSPOT);
        holder.awaitWardenGone();
        round.assertRestored();
        return Ending.RESTORED_BY_ITS_WARDEN;
    }
}
