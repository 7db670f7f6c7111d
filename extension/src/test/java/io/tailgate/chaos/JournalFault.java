/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A journal that is not to be trusted lies in the state directory, and the setting is at just the value at which a good
 * one would be written back.
 */
record JournalFault(JournalDamage damage, Recovery reader) implements Fault {

    @Override
    public String kind() {
        return "journal, " + damage.words();
    }

    @Override
    public Ending inject(Round round) throws Exception {
        Ground ground = round.ground();
        LeftBehind.by(round);
        Path besides = JournalDamage.besides(ground.journal());
        try {
            damage.inflict(ground.journal(), round.random());
            read(round);
            assertThat(ground.value())
                    .as("value that a good journal would have changed")
                    .isEqualTo(round.wanted());
        } finally {
            Files.deleteIfExists(besides);
        }
        ground.clearState(); // what was rejected may be kept for an administrator to look at
        ground.change(round.before());
        return Ending.NOTHING_WRITTEN;
    }

    private void read(Round round) throws Exception {
        if (reader == Recovery.COMMAND) {
            RestoreCommand.runAnyhow(round.ground());
            return;
        }
        String setting = round.ground().setting().name();
        DirectWarden next = round.directWarden();
        assertThat(next.answerTo("hold")) // "held" would mean that it had been written, and set again
                .matches(answer -> answer.equals("kept " + setting + " " + round.wanted())
                        || answer.startsWith("refused " + setting + " "));
        next.leave();
    }
}
