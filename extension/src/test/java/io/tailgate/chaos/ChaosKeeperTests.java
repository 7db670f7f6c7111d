/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chaos' own safety net, on files instead of the host's settings. */
class ChaosKeeperTests {

    @BeforeEach
    void needsSetsid() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "needs setsid of util-linux");
    }

    @Test
    void putsBackWhatItReadAndRemovesTheGround(@TempDir Path folder) throws IOException {
        Path ground = Files.createDirectory(folder.resolve("ground"));
        Path one = Files.writeString(folder.resolve("one"), "1200\n");
        Path other = Files.writeString(folder.resolve("other"), "1\n");
        ChaosKeeper keeper = new ChaosKeeper(ground, List.of(one, other));
        Files.writeString(one, "2\n");
        Files.writeString(other, "0\n");

        keeper.close();

        assertThat(one).hasContent("1200");
        assertThat(other).hasContent("1");
        assertThat(ground).doesNotExist();
    }

    @Test
    void endsEveryProcessOfTheGroundAndNoOther(@TempDir Path folder) throws Exception {
        Path ground = Files.createDirectory(folder.resolve("ground"));
        Process marked = sleeperOf(ground);
        Process unmarked = sleeperOf(folder.resolve("another ground"));
        try {
            new ChaosKeeper(ground, List.of()).close();
            assertThat(marked.waitFor()).isEqualTo(128 + 9);
            assertThat(unmarked.isAlive()).isTrue();
        } finally {
            marked.destroyForcibly();
            unmarked.destroyForcibly();
        }
    }

    private static Process sleeperOf(Path ground) throws IOException {
        ProcessBuilder sleeper = new ProcessBuilder("sleep", "60");
        sleeper.environment().put(ChaosKeeper.MARK, ground.toString());
        return sleeper.start();
    }
}
