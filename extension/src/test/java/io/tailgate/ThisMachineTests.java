/*
 * Copyright 2026 The Tailgate authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.tailgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailgate.machine.CpuSet;
import io.tailgate.machine.Machine;
import io.tailgate.machine.OneBuildAtATime;
import io.tailgate.machine.linux.Machines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole way on the machine that the build runs on, whatever it has and allows; other builds change what is compared. */
@EnabledOnOs(OS.LINUX)
@ExtendWith(OneBuildAtATime.class)
class ThisMachineTests {

    private static final Path BALANCING = Path.of("/proc/sys/kernel/numa_balancing");
    private static final Machine MACHINE = Machines.ofThisHost();
    private static final Set<CpuSet> SEEN = new HashSet<>();

    @BeforeEach
    void startAfresh() {
        SEEN.clear();
    }

    @Test
    void runsOnTheAllottedCpusAndLeavesTheMachineAsItWas() throws IOException {
        CpuSet before = MACHINE.affinity();
        String balancing = balancing();

        Engine.succeeds(1, PinnedTestCase.class);

        assertThat(SEEN).hasSize(1).allSatisfy(cpus -> {
            assertThat(cpus.size()).isEqualTo(1);
            assertThat(before.containsAll(cpus)).isTrue();
        });
        assertThat(MACHINE.affinity()).isEqualTo(before);
        assertThat(balancing()).isEqualTo(balancing);
    }

    @Test
    void leavesTheMachineAsItWasAfterAFailureToo() throws IOException {
        CpuSet before = MACHINE.affinity();
        String balancing = balancing();

        assertThat(Engine.thrown(Engine.run(FailingTestCase.class))).hasMessageContaining("p90 of ");

        assertThat(MACHINE.affinity()).isEqualTo(before);
        assertThat(balancing()).isEqualTo(balancing);
    }

    @Test
    void writesWhatWasFound() throws IOException {
        Engine.succeeds(1, PinnedTestCase.class);

        Path folder = Engine.OUTPUT.resolve(PinnedTestCase.class.getName());
        assertThat(Files.readString(folder.resolve("body.json")))
                .contains("\"verdict\"", "\"latencyNs\"", "\"protection\"", "\"environment\"", "\"iterations\"");
        assertThat(Files.readString(folder.resolve("body.html"))).contains("<html");
        assertThat(Files.readString(folder.resolve("body.hlog"))).contains("HIST");
        assertThat(Engine.OUTPUT.resolve("index.html")).exists();
        assertThat(Engine.OUTPUT.resolve("summary.md")).exists();
    }

    private static String balancing() throws IOException {
        return Files.exists(BALANCING)
                ? new String(Files.readAllBytes(BALANCING), java.nio.charset.StandardCharsets.US_ASCII)
                : "none";
    }

    static class PinnedTestCase {
        @Test
        @PinnedNuma(cpuCount = 1)
        @MaxTailLatency(percentile = 90, atMost = "100 s", burst = 1)
        @Sampling(iterations = 100, warmup = 10)
        void body(CpuSet allotted) {
            SEEN.add(allotted);
            SEEN.add(MACHINE.affinity());
            Work.spin(1_000);
        }
    }

    static class FailingTestCase {
        @Test
        @PinnedNuma
        @MaxTailLatency(percentile = 90, atMost = "1 ns", burst = 1)
        @Sampling(iterations = 100, warmup = 10)
        void body() {
            Work.spin(1_000);
        }
    }
}
