/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.machine.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class KernelFilesLiveTests {

    /** At least 301 on every Linux; a reader that trusts the size of the file would find one digit. */
    private static final Path PID_MAX = Path.of("/proc/sys/kernel/pid_max");

    @Test
    void allDigitsOfASysctlAreRead() throws Exception {
        Process cat = new ProcessBuilder("cat", PID_MAX.toString()).start();
        String digits = new String(cat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();

        assertThat(digits).hasSizeGreaterThan(2);
        assertThat(KernelFiles.line(PID_MAX, "the test")).isEqualTo(digits);
        assertThat(KernelFiles.lines(PID_MAX)).containsExactly(digits);
        assertThat(KernelFiles.lineIfThere(PID_MAX)).contains(digits);
        assertThat(KernelFiles.text(PID_MAX, "the test")).isEqualTo(digits + "\n");
    }
}
