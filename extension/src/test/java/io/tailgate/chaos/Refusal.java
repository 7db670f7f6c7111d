/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** A warden that does not do what it is asked, and says why. */
final class Refusal {

    private Refusal() {}

    /** Returns the line that refuses. */
    static String of(Round round) throws Exception {
        return by(round.directWarden());
    }

    static String by(DirectWarden warden) throws Exception {
        warden.say("hold");
        List<String> lines = warden.process.hearUntil("refused ");
        String refusal = lines.get(lines.size() - 1);
        assertThat(refusal.split(" ")).as("words of a refusal").hasSizeGreaterThan(4);
        warden.leave();
        return refusal;
    }
}
