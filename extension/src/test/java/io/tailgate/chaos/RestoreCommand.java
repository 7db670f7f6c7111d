/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What an administrator, or a step after a build, runs. */
final class RestoreCommand {

    private RestoreCommand() {}

    static void run(Ground ground) throws Exception {
        List<String> words = runAnyhow(ground);
        assertThat(words.get(words.size() - 1)).as("end of %s", words).isEqualTo("exit value 0");
    }

    /** Returns what it said, and its exit value at the end. */
    static List<String> runAnyhow(Ground ground) throws Exception {
        ProcessBuilder builder =
                ground.inside(new ProcessBuilder(ground.warden().toString(), "restore"));
        builder.environment().remove(Ground.STOP_FIFO);
        try (LineProcess command = new LineProcess(builder)) {
            command.closeInput();
            List<String> words = command.hearOut();
            words.set(words.size() - 1, "exit value " + command.exitValue());
            return words;
        }
    }
}
