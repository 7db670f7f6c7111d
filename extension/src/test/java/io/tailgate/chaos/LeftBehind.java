/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

/** What lies about after a warden was killed while it held: our value, a good journal, a lease that nobody locks. */
final class LeftBehind {

    private LeftBehind() {}

    static void by(Round round) throws Exception {
        DirectWarden warden = round.directWarden();
        warden.hold(round.before());
        Signal.KILL.send(warden.pid());
        warden.process.exitValue();
    }
}
