/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tailgate.machine.MachineException;
import io.tailgate.machine.RunDelayReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchedstatReaderTests {

    @TempDir
    private Path folder;

    @Test
    void readsTheSecondNumberEachTimeAnew() throws IOException {
        Path file = Files.writeString(folder.resolve("schedstat"), "700346 1359370 1\n");
        try (RunDelayReader reader = SchedstatReader.open(file).orElseThrow()) {
            assertThat(reader.runDelayNs()).isEqualTo(1_359_370);
            Files.writeString(file, "9223372036854775807 9223372036854775806 2\n");
            assertThat(reader.runDelayNs()).isEqualTo(Long.MAX_VALUE - 1);
        }
    }

    @Test
    void isNotToBeHadOfAKernelThatKeepsNone() {
        assertThat(SchedstatReader.open(folder.resolve("schedstat"))).isEmpty();
    }

    @Test
    void refusesAFileThatHoldsSomethingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("schedstat"), "700346\n");
        try (RunDelayReader reader = SchedstatReader.open(file).orElseThrow()) {
            assertThatExceptionOfType(MachineException.class)
                    .isThrownBy(reader::runDelayNs)
                    .withMessageContainingAll(file.toString(), "no second number");
        }
    }
}
