/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate.kernels.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTests {

    @TempDir
    private Path root;

    @Test
    void readsWhatTheMachineIs() throws IOException {
        file("proc/cpuinfo", "processor\t: 0\nmodel name\t: A CPU @ 2 GHz\nflags\t\t: fpu avx2 pni fma amx_int8\n");
        file("proc/meminfo", "MemTotal:       24 kB\nHugePages_Total:    512\n");
        file("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-1\n");
        file("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
        file("proc/sys/kernel/osrelease", "6.18.0\n");
        Map<String, String> environment = Environment.of(root);
        assertThat(environment)
                .containsEntry("cpu", "A CPU @ 2 GHz")
                .containsEntry("cpu flags", "avx2 fma amx_int8")
                .containsEntry("cpus allowed", "0-1")
                .containsEntry("huge pages reserved", "512")
                .containsEntry("transparent huge pages", "always [madvise] never")
                .containsEntry("kernel", "6.18.0")
                .containsKeys("date", "java", "revision");
    }

    @Test
    void saysWhatItDoesNotKnow() {
        assertThat(Environment.of(root)).containsEntry("cpu", "unknown").containsEntry("kernel", "unknown");
    }

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
